//! The JSON interface: the same answers as on the command line.

use std::path::Path;

use bomtrail_graph::{Date, Tool};
use oxhttp::model::StatusCode;

use super::query::Parameters;
use super::{Program, Reply};
use crate::answer::{Answer, AnswerFormat};
use crate::query::{By, NewMatches, QueryError};
use crate::store::{Store, StoreError};

/// How many names are suggested.
const MOST_SUGGESTIONS: u32 = 20;
/// How many packages are ranked.
const MOST_RANKED: usize = 100;
/// From how many days on a product is stale.
const STALE: i64 = 90;

/// Answers a question over the store, which is opened for it.
pub(super) fn answer(
    store: &Path,
    question: &str,
    parameters: &Parameters,
    program: Program,
) -> Reply {
    let page = Page {
        format: AnswerFormat::from_name(parameters.get("format")).unwrap_or(AnswerFormat::Json),
        program,
    };
    let replied = Store::read(store)
        .map_err(QueryError::from)
        .and_then(|store| page.reply(&store, question, parameters));
    match replied {
        Ok(Some(reply)) => reply,
        Ok(None) => Reply::error(StatusCode::NOT_FOUND, "there is no such question"),
        Err(QueryError::Store(error)) => {
            Reply::error(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
        Err(error) => Reply::error(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

struct Page {
    format: AnswerFormat,
    program: Program,
}

impl Page {
    fn reply(
        &self,
        store: &Store,
        question: &str,
        parameters: &Parameters,
    ) -> Result<Option<Reply>, QueryError> {
        let query = parameters.get("q");
        Ok(match question {
            "where" => Some(self.written(&store.locate(query)?)?),
            "since" => Some(self.written(&store.since(query)?)?),
            "advisories" => Some(self.written(&store.reached(&NewMatches::default(), false)?)?),
            "top" => {
                let by = By::from_name(parameters.get("by")).unwrap_or_default();
                Some(self.written(&store.top(by, MOST_RANKED)?)?)
            }
            "stale" => {
                let on = Date::parse(parameters.get("on"));
                let newest = store.newest_day()?;
                let on = on.or_else(|| Date::parse(&newest?));
                match on {
                    Some(on) => Some(self.written(&store.stale(on, STALE)?)?),
                    None => Some(Reply::json(
                        &serde_json::json!({"answer": {"products": []}}),
                    )),
                }
            }
            "search" => {
                let names = store.suggestions(query, MOST_SUGGESTIONS)?;
                Some(Reply::json(&serde_json::json!({ "names": names })))
            }
            _ => None,
        })
    }

    fn written(&self, answer: &impl Answer) -> Result<Reply, QueryError> {
        let mut body = Vec::new();
        let tool = Tool {
            name: self.program.name,
            version: self.program.version,
        };
        // Writing to memory does not fail.
        let written = answer.write(self.format, tool, &mut body);
        written.map_err(|error| StoreError::Damaged(error.to_string()))?;
        let kind = match self.format {
            AnswerFormat::Json => "application/json",
            AnswerFormat::Csv => "text/csv; charset=utf-8",
            AnswerFormat::Text => "text/plain; charset=utf-8",
            AnswerFormat::Markdown => "text/markdown; charset=utf-8",
        };
        Ok(Reply {
            status: StatusCode::OK,
            kind,
            body,
        })
    }
}

impl Reply {
    fn json(value: &serde_json::Value) -> Self {
        Self {
            status: StatusCode::OK,
            kind: "application/json",
            body: value.to_string().into_bytes(),
        }
    }
}
