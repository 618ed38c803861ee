//! A question that a screen keeps asking: what it shows stays until the newer answer has come.

use super::scene::Scene;
use crate::engine::{Engine, Question, Ticket};
use crate::problem::Problem;

/// A question with its last answer.
#[derive(Debug)]
pub struct Live<Q: Question> {
    asked: Option<(Q, u64)>,
    ticket: Option<Ticket<Q::Answer>>,
    shown: Option<Q::Answer>,
    /// What `shown` answers.
    answered: Option<Q>,
    problem: Option<Problem>,
}

impl<Q: Question> Default for Live<Q> {
    fn default() -> Self {
        Self { asked: None, ticket: None, shown: None, answered: None, problem: None }
    }
}

impl<Q: Question> Live<Q> {
    /// Asks if the question is a new one or something it uses has changed, and takes what has arrived.
    pub fn ask(&mut self, scene: &Scene<'_>, question: Q) {
        self.ask_engine(scene.engine(), question);
    }

    /// The same for the shell, which asks before there is a scene.
    pub(super) fn ask_engine(&mut self, engine: &Engine, question: Q) {
        let version = engine.version(Q::USES);
        let is_same = self.asked.as_ref().is_some_and(|(asked, at)| *asked == question && *at == version);
        if !is_same {
            self.ticket = Some(engine.ask(question.clone()));
            self.asked = Some((question, version));
        }
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            self.ticket = None;
            match answer {
                Ok(answer) => {
                    self.shown = Some(answer);
                    self.answered = self.asked.as_ref().map(|(asked, _)| asked.clone());
                    self.problem = None;
                }
                Err(problem) => self.problem = Some(problem),
            }
        }
    }

    /// The last answer, perhaps of an older question.
    pub fn shown(&self) -> Option<&Q::Answer> {
        self.shown.as_ref()
    }

    /// The answer only if it is of the question asked last.
    pub fn current(&self) -> Option<&Q::Answer> {
        let is_current = self.answered.as_ref() == self.asked.as_ref().map(|(asked, _)| asked);
        if is_current { self.shown.as_ref() } else { None }
    }

    /// The question that [`shown`](Self::shown) answers.
    pub fn answered(&self) -> Option<&Q> {
        self.answered.as_ref()
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.ticket.is_some()
    }

    /// Why the last question was not answered.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}
