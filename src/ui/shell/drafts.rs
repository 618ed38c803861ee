//! What was typed and not saved: parked beside the workbook a second after the last key, offered at the next opening.
//! Must never know a form.

use std::collections::BTreeMap;

use serde_json::Value;

/// What is typed is parked when nothing more was typed for so long, in seconds.
const REST_SECONDS: f64 = 1.0;

/// The drafts of an open workbook.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Left over from the last time.
    left_over: BTreeMap<String, Value>,
    /// Not parked yet; `None` takes a draft out.
    waiting: BTreeMap<String, Option<Value>>,
    due: Option<f64>,
}

impl Drafts {
    pub fn new(left_over: BTreeMap<String, Value>) -> Self {
        Self { left_over, ..Self::default() }
    }

    /// A draft that was left over and neither gone on with nor forgotten.
    pub fn offered(&self) -> Option<(&str, &Value)> {
        self.left_over.first_key_value().map(|(name, draft)| (name.as_str(), draft))
    }

    /// Takes a left over draft to go on with it. It stays parked until its form is saved or left.
    pub fn go_on(&mut self, name: &str) -> Option<Value> {
        self.left_over.remove(name)
    }

    /// Gives a left over draft up.
    pub fn forget(&mut self, name: &str, now: f64) {
        self.left_over.remove(name);
        self.park(name.to_owned(), None, now);
    }

    /// Something was typed, or a form was left.
    pub fn park(&mut self, name: String, draft: Option<Value>, now: f64) {
        self.left_over.remove(&name);
        self.due = Some(if draft.is_none() { now } else { now + REST_SECONDS });
        self.waiting.insert(name, draft);
    }

    /// Seconds until there is something to be parked.
    pub fn rest(&self, now: f64) -> Option<f64> {
        self.due.map(|due| (due - now).max(0.0))
    }

    /// What is to be parked now.
    pub fn take_due(&mut self, now: f64) -> Vec<(String, Option<Value>)> {
        if self.due.is_some_and(|due| due <= now) { self.take_all() } else { Vec::new() }
    }

    /// Everything that is not parked yet.
    pub fn take_all(&mut self) -> Vec<(String, Option<Value>)> {
        self.due = None;
        std::mem::take(&mut self.waiting).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Drafts;
    use serde_json::json;

    #[test]
    fn what_is_typed_is_parked_when_the_keys_rest_and_the_last_word_counts() {
        let mut drafts = Drafts::default();
        drafts.park("新增党员".into(), Some(json!("张")), 0.0);
        drafts.park("新增党员".into(), Some(json!("张三")), 0.8);
        assert!(drafts.take_due(1.5).is_empty());
        assert_eq!(drafts.rest(1.5), Some(1.8 - 1.5));
        assert_eq!(drafts.take_due(1.8), [("新增党员".to_owned(), Some(json!("张三")))]);
        assert_eq!(drafts.rest(1.9), None);
    }

    #[test]
    fn a_form_that_was_left_takes_its_draft_out_at_once() {
        let mut drafts = Drafts::default();
        drafts.park("新增党员".into(), Some(json!("张")), 0.0);
        drafts.park("新增党员".into(), None, 0.2);
        assert_eq!(drafts.take_due(0.2), [("新增党员".to_owned(), None)]);
    }

    #[test]
    fn a_left_over_draft_is_offered_until_it_is_gone_on_with_or_forgotten() {
        let mut drafts = Drafts::new([("新增党员".to_owned(), json!({})), ("转出".to_owned(), json!({}))].into());
        assert_eq!(drafts.offered(), Some(("新增党员", &json!({}))));
        assert_eq!(drafts.go_on("新增党员"), Some(json!({})));
        assert_eq!(drafts.offered(), Some(("转出", &json!({}))));
        drafts.forget("转出", 3.0);
        assert_eq!(drafts.offered(), None);
        assert_eq!(drafts.take_due(3.0), [("转出".to_owned(), None)]);
    }
}
