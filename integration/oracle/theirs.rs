//! What PostgreSQL's grammar reads, as sets of leaves with places.

use std::collections::BTreeSet;

use serde_json::Value;

/// Leaves by their byte in the text.
#[derive(Debug, Default, Clone)]
pub struct Leaves {
    pub tables: BTreeSet<(usize, String)>,
    pub columns: BTreeSet<(usize, String)>,
    pub constants: BTreeSet<(usize, String)>,
    pub placeholders: BTreeSet<(usize, String)>,
    pub calls: BTreeSet<(usize, String)>,
    pub targets: BTreeSet<(usize, String)>,
    pub comparisons: BTreeSet<(Vec<usize>, Vec<usize>)>,
    order: Vec<usize>,
}

/// A statement: from where to where, and its leaves.
pub struct Statement {
    pub start: usize,
    pub end: usize,
    pub leaves: Leaves,
}

/// First and last byte of each token, comments left out.
pub fn scan(text: &str) -> Option<Vec<(usize, usize)>> {
    let scanned = pg_query::scan(text).ok()?;
    let comments = [
        pg_query::protobuf::Token::SqlComment as i32,
        pg_query::protobuf::Token::CComment as i32,
    ];
    Some(
        scanned
            .tokens
            .iter()
            .filter(|token| !comments.contains(&token.token))
            .map(|token| (byte(token.start), byte(token.end)))
            .collect(),
    )
}

fn byte(at: i32) -> usize {
    usize::try_from(at).unwrap()
}

/// The statements; `None` where the server refuses the text.
pub fn parse(text: &str) -> Option<Vec<Statement>> {
    let parsed = pg_query::parse(text, 0).ok()?;
    Some(
        parsed
            .protobuf
            .stmts
            .iter()
            .map(|statement| {
                let start = byte(statement.stmt_location);
                let end = match statement.stmt_len {
                    0 => text.len(),
                    length => start + byte(length),
                };
                let mut leaves = Leaves::default();
                leaves.walk(&serde_json::to_value(&statement.stmt).unwrap());
                Statement { start, end, leaves }
            })
            .collect(),
    )
}

fn place(node: &Value) -> Option<usize> {
    usize::try_from(node.get("location")?.as_i64()?).ok()
}

/// Strings of a list of names; of a star `*`.
fn names(list: &Value) -> String {
    let strings: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| match node.pointer("/node/String/sval") {
            Some(Value::String(text)) => text.clone(),
            _ if node.pointer("/node/AStar").is_some() => "*".to_owned(),
            _ => "?".to_owned(),
        })
        .collect();
    strings.join(".")
}

impl Leaves {
    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|one| self.walk(one)),
            Value::Object(fields) => {
                if !self.node(value) {
                    for (name, field) in fields {
                        // Constants of types are no constants of the statement; the names of FOR UPDATE OF are aliases.
                        // So are the columns of ON CONFLICT's expressions, which src/sql takes as a whole.
                        if name != "index_elems"
                            && name != "type_name"
                            && name != "typmods"
                            && name != "locked_rels"
                            && name != "into_clause"
                        {
                            self.walk(field);
                        }
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Whether the node was walked as a whole.
    fn node(&mut self, value: &Value) -> bool {
        let has = |name: &str| value.get(name).is_some();
        let Some(at) = place(value) else {
            return false;
        };
        if has("relname") {
            let part = |name: &str| value[name].as_str().unwrap_or("").to_owned();
            let path = [part("catalogname"), part("schemaname"), part("relname")];
            let path: Vec<String> = path.into_iter().filter(|part| !part.is_empty()).collect();
            self.tables.insert((at, path.join(".")));
        } else if has("fields") {
            let name = names(&value["fields"]);
            if name != "*" {
                self.order.push(at);
            }
            self.columns.insert((at, name));
        } else if has("isnull") && has("val") {
            self.constants.insert((at, constant(value)));
            self.order.push(at);
            return true;
        } else if has("number") && value.as_object().is_some_and(|fields| fields.len() == 2) {
            self.placeholders.insert((at, value["number"].to_string()));
            self.order.push(at);
        } else if has("funcname") {
            // Functions behind a syntax of their own (EXTRACT, OVERLAY, AT TIME ZONE) are no calls to who reads.
            if value["funcformat"] != 4 {
                self.calls.insert((at, names(&value["funcname"])));
            }
        } else if has("lexpr") && has("rexpr") && has("kind") {
            let operator = names(&value["name"]);
            let operator = operator.rsplit('.').next().unwrap_or("");
            let compares = ["=", "<>", "<", ">", "<=", ">="].contains(&operator);
            if compares && value["kind"] == 1 && !value["lexpr"].is_null() {
                let (left, right) = (self.side(&value["lexpr"]), self.side(&value["rexpr"]));
                self.comparisons.insert((left, right));
                return true;
            }
        } else if has("indirection") && has("val") && has("name") {
            // Of a select list the name is an alias and the place that of the expression: told apart by `ours`.
            let name = value["name"].as_str().unwrap_or("");
            if !name.is_empty() {
                self.targets.insert((at, name.to_owned()));
            }
        }
        false
    }

    fn side(&mut self, value: &Value) -> Vec<usize> {
        let start = self.order.len();
        self.walk(value);
        let mut side = self.order[start..].to_vec();
        side.sort_unstable();
        side
    }
}

fn constant(value: &Value) -> String {
    if value["isnull"] == true {
        return "null".to_owned();
    }
    let val = &value["val"];
    let number = |pointer: &str| val.pointer(pointer).map(ToString::to_string);
    let text = |pointer: &str| {
        val.pointer(pointer)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    if let Some(text) = text("/Sval/sval") {
        format!("'{text}")
    } else if let Some(bits) = text("/Bsval/bsval") {
        format!("bits {}", bits.len())
    } else if let Some(number) = text("/Fval/fval") {
        number
    } else if let Some(number) = number("/Ival/ival") {
        number
    } else if let Some(boolean) = number("/Boolval/boolval") {
        boolean
    } else {
        format!("{val}")
    }
}
