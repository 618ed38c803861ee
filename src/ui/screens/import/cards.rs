//! The questions as cards that keep their place: one that was answered stays where it stood and says what was said,
//! so that nothing slides under the pointer, and any answer can be taken back by itself.
//! Must never know egui, and never answer. Start at [`Cards::follow`].

use std::collections::{HashMap, HashSet};

use super::preview::Preview;
use super::questions::QuestionGroup;
use super::work::{AskedPlace, Given};

/// The cards in the order in which they came, and how each is looked at.
#[derive(Debug, Default)]
pub struct Cards {
    cards: Vec<Card>,
    one_by_one: Option<String>,
    later: HashSet<String>,
    /// The names of new branches, as they are being written.
    pub names: Names,
    /// The card, and the cell of it, that is to get the focus: what had it was answered by a key.
    pub into: Option<(String, Option<usize>)>,
}

/// Names by the keys of the cards.
pub type Names = HashMap<String, String>;

/// A group of questions, those that were answered among them.
#[derive(Debug)]
pub struct Card {
    pub asked: QuestionGroup,
    /// What was answered, in words; parallel to the questions.
    pub said: Vec<Option<String>>,
}

impl Card {
    /// Questions that wait for an answer.
    pub fn open(&self) -> usize {
        self.said.iter().filter(|said| said.is_none()).count()
    }

    /// 「已答：1 月」, 「已答：1 月 2 处、10 月 1 处」; empty where nothing was answered.
    pub fn said_in_words(&self) -> String {
        let mut told: Vec<(&str, usize)> = Vec::new();
        for said in self.said.iter().flatten() {
            match told.iter_mut().find(|(word, _)| word == said) {
                Some((_, count)) => *count += 1,
                None => told.push((said, 1)),
            }
        }
        match &told[..] {
            [] => String::new(),
            [(only, count)] if *count == self.said.len() => format!("已答：{only}"),
            _ => {
                let each: Vec<String> = told.iter().map(|(word, count)| format!("{word} {count} 处")).collect();
                format!("已答：{}", each.join("、"))
            }
        }
    }
}

impl Cards {
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    pub fn get(&self, card: usize) -> Option<&Card> {
        self.cards.get(card)
    }

    /// The cards with their places.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Card)> {
        self.cards.iter().enumerate()
    }

    /// Whether its cells are looked at one by one.
    pub fn is_one_by_one(&self, card: &Card) -> bool {
        self.one_by_one.as_ref() == Some(&card.asked.key)
    }

    /// Whether it was put off.
    pub fn is_later(&self, card: &Card) -> bool {
        self.later.contains(&card.asked.key) && card.open() > 0
    }

    /// Looks at the cells of a card one by one, or no longer.
    pub fn turn(&mut self, card: usize) {
        let Some(key) = self.cards.get(card).map(|card| card.asked.key.clone()) else { return };
        self.one_by_one = Some(key).filter(|key| self.one_by_one.as_ref() != Some(key));
    }

    /// Puts a card off, or takes it up again.
    pub fn put_off(&mut self, card: usize, is_off: bool) {
        let Some(card) = self.cards.get(card) else { return };
        if is_off {
            self.later.insert(card.asked.key.clone());
        } else {
            self.later.remove(&card.asked.key);
        }
    }

    /// The places of what was answered in a card, or of one of it.
    pub fn answered(&self, card: usize, only: Option<usize>, files: &[String]) -> HashSet<AskedPlace> {
        let Some(card) = self.cards.get(card) else { return HashSet::new() };
        let all = card.asked.questions.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index));
        all.map(|(_, question)| AskedPlace::of(question, files)).collect()
    }

    /// Answers that were given are shown at once, before the list has been compared anew.
    pub fn take(&mut self, given: &[Given], files: &[String]) {
        let said: HashMap<&AskedPlace, &Given> = given.iter().map(|one| (&one.place, one)).collect();
        for card in &mut self.cards {
            let places = card.asked.questions.iter().map(|question| AskedPlace::of(question, files));
            card.said = places.map(|place| said.get(&place).map(|given| given.said.clone())).collect();
        }
    }

    /// Takes the questions of a preview: new ones come in below, those that are gone go, the others stay in their
    /// place. Answers that no longer answer anything are dropped.
    pub fn follow(&mut self, preview: &Preview, given: &mut Vec<Given>) {
        let files = &preview.plan.file_names;
        let groups = || preview.questions.iter().chain(&preview.others);
        let of_group = |group: &QuestionGroup| {
            let places = group.questions.iter().map(|question| AskedPlace::of(question, files));
            places.map(|place| (place, group.key.clone())).collect::<Vec<_>>()
        };
        let asked: HashMap<AskedPlace, String> = groups().flat_map(of_group).collect();
        given.retain(|one| !asked.contains_key(&one.place));
        let said: HashSet<&AskedPlace> = given.iter().map(|one| &one.place).collect();
        for card in &mut self.cards {
            let key = card.asked.key.clone();
            // What is asked in another way now stands in the card of that.
            card.retain(|place| said.contains(place) || asked.get(place) == Some(&key), files);
        }
        let by_key = |(at, card): (usize, &Card)| (card.asked.key.clone(), at);
        let known: HashMap<String, usize> = self.cards.iter().enumerate().map(by_key).collect();
        for group in groups() {
            match known.get(&group.key).and_then(|at| self.cards.get_mut(*at)) {
                Some(card) => card.merge(group, files),
                None => self.cards.push(Card { asked: group.clone(), said: Vec::new() }),
            }
        }
        self.cards.retain(|card| !card.asked.questions.is_empty());
        for card in &mut self.cards {
            card.asked.tell(&preview.places);
        }
        self.take(given, files);
    }
}

impl Card {
    fn retain(&mut self, stays: impl Fn(&AskedPlace) -> bool, files: &[String]) {
        let both = std::mem::take(&mut self.asked.questions).into_iter().zip(std::mem::take(&mut self.asked.cells));
        let kept = both.filter(|(question, _)| stays(&AskedPlace::of(question, files)));
        (self.asked.questions, self.asked.cells) = kept.unzip();
    }

    /// What is asked anew of what stays is asked as it is now.
    fn merge(&mut self, group: &QuestionGroup, files: &[String]) {
        self.asked.words.clone_from(&group.words);
        let places = self.asked.questions.iter().enumerate();
        let known: HashMap<AskedPlace, usize> =
            places.map(|(at, question)| (AskedPlace::of(question, files), at)).collect();
        for (question, cell) in group.questions.iter().zip(&group.cells) {
            match known.get(&AskedPlace::of(question, files)) {
                Some(at) => (self.asked.questions[*at], self.asked.cells[*at]) = (question.clone(), cell.clone()),
                None => {
                    self.asked.questions.push(question.clone());
                    self.asked.cells.push(cell.clone());
                }
            }
        }
    }
}
