//! The tokens of a web page, with the few attributes that count here.
//!
//! Start at [`tokens`].

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// A piece of a page.
#[derive(Debug)]
pub enum Token {
    Start(StartTag),
    /// The name of an end tag.
    End(String),
    Text(String),
}

/// A start tag; the name is in lower case.
#[derive(Debug, Default)]
pub struct StartTag {
    pub name: String,
    attributes: Vec<(Attribute, String)>,
}

impl StartTag {
    /// The value of an attribute, empty where it stands alone.
    pub fn get(&self, wanted: Attribute) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str())
    }
}

/// The attributes that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    RowSpan,
    ColumnSpan,
    Class,
    Style,
    /// `x:num`: the number behind the text.
    Number,
    /// `x:str`: the text is one.
    IsText,
    Name,
    Content,
    Source,
}

impl Attribute {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"rowspan" => Self::RowSpan,
            b"colspan" => Self::ColumnSpan,
            b"class" => Self::Class,
            b"style" => Self::Style,
            b"x:num" => Self::Number,
            b"x:str" => Self::IsText,
            b"name" => Self::Name,
            b"content" => Self::Content,
            b"src" => Self::Source,
            _ => return None,
        })
    }
}

/// The tokens of a page.
pub fn tokens(page: &str) -> impl Iterator<Item = Token> {
    let mut emitter = CallbackEmitter::new(Gathering::default());
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(page, emitter).map(|Ok(token)| token)
}

/// Puts start tags together.
#[derive(Debug, Default)]
struct Gathering {
    tag: StartTag,
    /// The attribute whose value comes next.
    attribute: Option<Attribute>,
}

impl Callback<Token, ()> for Gathering {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Token> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = StartTag { name: text(name), attributes: Vec::new() },
            CallbackEvent::AttributeName { name } => {
                // The first of several counts.
                self.attribute = Attribute::of(name).filter(|attribute| self.tag.get(*attribute).is_none());
                self.tag.attributes.extend(self.attribute.map(|attribute| (attribute, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, held)) = self.attribute.and(self.tag.attributes.last_mut()) {
                    *held = text(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => return Some(Token::Start(std::mem::take(&mut self.tag))),
            CallbackEvent::EndTag { name } => {
                // An end tag has no attributes, whatever is written.
                self.tag = StartTag::default();
                return Some(Token::End(text(name)));
            }
            CallbackEvent::String { value } => return Some(Token::Text(text(value))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_attributes_counts_and_those_of_end_tags_do_not() {
        let page = "<TD Class=a id=x class=b x:num ROWSPAN='2'>甲</td class=c><td>&lt;<script>a<b</script>";
        let found: Vec<Token> = tokens(page).collect();
        let [Token::Start(tag), Token::Text(text), Token::End(name), Token::Start(next), rest @ ..] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!((tag.name.as_str(), text.as_str(), name.as_str()), ("td", "甲", "td"));
        assert_eq!(
            [Attribute::Class, Attribute::RowSpan, Attribute::Number, Attribute::Style].map(|of| tag.get(of)),
            [Some("a"), Some("2"), Some(""), None]
        );
        assert_eq!(next.get(Attribute::Class), None);
        assert!(
            matches!(rest, [Token::Text(less), Token::Start(_), Token::Text(code), Token::End(_)] if less == "<" && code == "a<b")
        );
    }
}
