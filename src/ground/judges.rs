//! What in the server decides about rows that are written, as the catalogs have it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio_postgres::{Error, Transaction};

use super::words::{Piece, pieces};
use crate::catalog::{Events, Judge, JudgeKind};

const CHECKS: &str = "
    SELECT k.conrelid, k.conname::text, coalesce(k.conkey, '{}'), pg_get_expr(k.conbin, k.conrelid), k.convalidated
    FROM pg_constraint k
    WHERE k.contype = 'c' AND k.conrelid >= 16384 AND coalesce(to_jsonb(k)->>'conenforced', 'true') = 'true'
    ORDER BY 1, 2";

/// Those that decide something of a row, or could be too small for one. What expressions and conditions read is known by
/// what the index, or the constraint that it belongs to, depends on.
const INDEXES: &str = "
    SELECT i.indrelid, coalesce(k.conname, c.relname)::text,
           ARRAY(SELECT n FROM unnest(i.indkey::int2[]) n WHERE n > 0
                 UNION
                 SELECT d.refobjsubid::int2 FROM pg_depend d
                 WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0
                   AND (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                        OR d.classid = 'pg_constraint'::regclass AND d.objid = k.oid)),
           i.indisunique, i.indisexclusion,
           pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
    WHERE i.indrelid >= 16384
      AND (i.indisunique OR i.indisexclusion OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL OR i.indnatts > 1)
    ORDER BY 1, 2";

/// Policies that are in force. Oid 0 stands for a routine.
const POLICIES: &str = "
    SELECT p.polrelid, p.polname::text, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
           array_agg(CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid ELSE 0::oid END),
           array_agg(d.refobjsubid::int2)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid AND c.relrowsecurity
    JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
     AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
    GROUP BY p.oid, p.polrelid, p.polname, p.polqual, p.polwithcheck
    ORDER BY 1, 2";

const RULES: &str = "
    SELECT r.ev_class, r.rulename::text, r.ev_type::text, array_agg(d.refobjid), array_agg(d.refobjsubid::int2)
    FROM pg_rewrite r
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
     AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
    WHERE r.rulename <> '_RETURN' AND r.ev_class >= 16384 AND r.ev_enabled <> 'D'
    GROUP BY r.oid, r.ev_class, r.rulename, r.ev_type
    ORDER BY 1, 2";

/// A trigger depends on the columns of its WHEN, and on those of UPDATE OF, by whose values it does not go.
const TRIGGERS: &str = "
    SELECT t.tgrelid, t.tgname::text, t.tgtype::int4, n.nspname::text, p.proname::text, l.lanname::text,
           coalesce(CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) ELSE p.prosrc END, ''),
           CASE WHEN t.tgqual IS NULL THEN '' ELSE pg_get_triggerdef(t.oid) END,
           ARRAY(SELECT d.refobjsubid::int2 FROM pg_depend d
                 WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND t.tgqual IS NOT NULL
                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.tgrelid AND d.refobjsubid > 0),
           t.tgoldtable IS NOT NULL OR t.tgnewtable IS NOT NULL,
           ARRAY(SELECT a.attnum FROM pg_attribute a
                 WHERE a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                 WHERE a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
           encode(t.tgargs, 'escape')
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname <> 'sealwire'
    ORDER BY 1, 2";

const PARTITIONED: &str = "
    SELECT t.partrelid, c.relname::text,
           ARRAY(SELECT n FROM unnest(t.partattrs::int2[]) n WHERE n > 0
                 UNION
                 SELECT d.refobjsubid::int2 FROM pg_depend d
                 WHERE d.classid = 'pg_class'::regclass AND d.objid = t.partrelid AND d.objsubid = 0
                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.partrelid AND d.refobjsubid > 0)
    FROM pg_partitioned_table t JOIN pg_class c ON c.oid = t.partrelid
    ORDER BY 1";

const CHECKED_VIEWS: &str = "
    SELECT oid FROM pg_class
    WHERE relkind = 'v' AND EXISTS (SELECT FROM unnest(reloptions) o WHERE o LIKE 'check_option=%')";

/// All of them, by the relation whose rows they decide about.
pub(super) async fn read(tx: &Transaction<'_>) -> Result<HashMap<u32, Vec<Arc<Judge>>>, Error> {
    let mut judges: HashMap<u32, Vec<Arc<Judge>>> = HashMap::new();
    let mut enter = |table: u32, judge: Judge| {
        judges.entry(table).or_default().push(Arc::new(judge));
    };
    for row in tx.query(CHECKS, &[]).await? {
        let (table, columns): (u32, Vec<i16>) = (row.try_get(0)?, row.try_get(2)?);
        let condition: Option<String> = row.try_get(3)?;
        let steered = condition.as_deref().is_none_or(is_steered);
        enter(
            table,
            Judge {
                name: row.try_get(1)?,
                kind: JudgeKind::Check,
                reads: own(table, columns),
                condition,
                holds: row.try_get::<_, bool>(4)? && !steered,
            },
        );
    }
    for row in tx.query(INDEXES, &[]).await? {
        let table: u32 = row.try_get(0)?;
        let (unique, excludes) = (row.try_get(3)?, row.try_get(4)?);
        let expressions: Option<String> = row.try_get(5)?;
        let predicate: Option<String> = row.try_get(6)?;
        let mut columns: Vec<i16> = row.try_get(2)?;
        let texts = [expressions.as_deref(), predicate.as_deref()];
        if texts.iter().flatten().any(|text| text.contains(".*")) {
            columns.push(0);
        }
        let asked = match (&expressions, &predicate) {
            (Some(all), _) if unique && folds(all) => predicate.clone(),
            (Some(all), Some(predicate)) => {
                Some(format!("ROW({all}) IS NOT NULL AND ({predicate})"))
            }
            (Some(all), None) => Some(format!("ROW({all}) IS NOT NULL")),
            (None, predicate) => predicate.clone(),
        };
        let kind = match (unique, excludes) {
            (_, true) => JudgeKind::Exclusion,
            (true, false) if asked.is_some() => JudgeKind::UniqueExpression,
            (true, false) => JudgeKind::Unique,
            (false, false) => JudgeKind::Index {
                columns_only: asked.is_none(),
            },
        };
        enter(
            table,
            Judge {
                name: row.try_get(1)?,
                kind,
                reads: own(table, columns),
                holds: !asked.as_deref().is_some_and(is_steered),
                condition: asked,
            },
        );
    }
    for row in tx.query(PARTITIONED, &[]).await? {
        let table: u32 = row.try_get(0)?;
        enter(
            table,
            Judge {
                name: row.try_get(1)?,
                kind: JudgeKind::Partition,
                reads: own(table, row.try_get(2)?),
                condition: None,
                holds: true,
            },
        );
    }
    for row in tx.query(POLICIES, &[]).await? {
        let table: u32 = row.try_get(0)?;
        let (using, check): (Option<String>, Option<String>) = (row.try_get(2)?, row.try_get(3)?);
        let (oids, attnums): (Vec<u32>, Vec<i16>) = (row.try_get(4)?, row.try_get(5)?);
        let texts = [using.as_deref(), check.as_deref()];
        let steered = oids.contains(&0) || texts.iter().flatten().any(|text| is_steered(text));
        let mut reads: Vec<(u32, i16)> = oids.into_iter().zip(attnums).collect();
        reads.retain(|(oid, attnum)| *oid != 0 && (*oid != table || *attnum != 0));
        if texts.iter().flatten().any(|text| text.contains(".*")) {
            reads.push((table, 0));
        }
        let asked: Vec<String> = texts
            .iter()
            .flatten()
            .map(|text| format!("({text})"))
            .collect();
        enter(
            table,
            Judge {
                name: row.try_get(1)?,
                kind: JudgeKind::Policy { steered },
                reads,
                condition: Some(asked.join(" AND ")),
                // What is read need not fulfil WITH CHECK.
                holds: check.is_none() && !steered,
            },
        );
    }
    for row in tx.query(RULES, &[]).await? {
        let (oids, attnums): (Vec<u32>, Vec<i16>) = (row.try_get(3)?, row.try_get(4)?);
        let on: &str = row.try_get(2)?;
        enter(
            row.try_get(0)?,
            Judge {
                name: row.try_get(1)?,
                kind: JudgeKind::Rule(Events {
                    insert: on == "3",
                    update: on == "2",
                    delete: on == "4",
                }),
                reads: oids.into_iter().zip(attnums).collect(),
                condition: None,
                holds: false,
            },
        );
    }
    for row in tx.query(TRIGGERS, &[]).await? {
        let table: u32 = row.try_get(0)?;
        enter(table, trigger(table, &row)?);
    }
    Ok(judges)
}

/// The views WITH CHECK OPTION.
pub(super) async fn checked_views(tx: &Transaction<'_>) -> Result<HashSet<u32>, Error> {
    let rows = tx.query(CHECKED_VIEWS, &[]).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

fn own(table: u32, columns: Vec<i16>) -> Vec<(u32, i16)> {
    columns.into_iter().map(|column| (table, column)).collect()
}

fn trigger(table: u32, row: &tokio_postgres::Row) -> Result<Judge, Error> {
    /// Bits of `tgtype`.
    const BEFORE: i32 = 2;
    const INSERT: i32 = 4;
    const DELETE: i32 = 8;
    const UPDATE: i32 = 16;
    const INSTEAD: i32 = 64;
    let bits: i32 = row.try_get(2)?;
    let function: (String, String) = (row.try_get(3)?, row.try_get(4)?);
    let (language, body): (&str, &str) = (row.try_get(5)?, row.try_get(6)?);
    let when: &str = row.try_get(7)?;
    let mut columns: Vec<i16> = row.try_get(8)?;
    let tables: bool = row.try_get(9)?;
    let (attnums, names): (Vec<i16>, Vec<String>) = (row.try_get(10)?, row.try_get(11)?);
    let arguments: String = row.try_get(12)?;
    let of_server = function.0 == "pg_catalog";
    let suppresses = of_server && function.1 == "suppress_redundant_updates_trigger";
    let pieces = pieces(body);
    let named = |name: &String| {
        pieces.contains(&Piece::Word(name.clone())) || arguments.contains(name.as_str())
    };
    let of_columns = of_server && function.1.starts_with("tsvector_update_trigger");
    let readable = of_server && (suppresses || of_columns) || language == "plpgsql";
    if suppresses || !readable || tables || when.contains(".*") || takes_rows(&pieces) {
        columns.push(0);
    }
    let read = attnums
        .into_iter()
        .zip(&names)
        .filter(|(_, name)| named(name));
    columns.extend(read.map(|(attnum, _)| attnum));
    Ok(Judge {
        name: row.try_get(1)?,
        kind: JudgeKind::Trigger {
            events: Events {
                insert: bits & INSERT != 0,
                update: bits & UPDATE != 0,
                delete: bits & DELETE != 0,
            },
            function,
            suppresses,
            changes: bits & (BEFORE | INSTEAD) != 0,
        },
        reads: own(table, columns),
        condition: None,
        holds: false,
    })
}

/// Whether a trigger's body does something with OLD or NEW as a whole other than returning it, or runs what it puts
/// together.
fn takes_rows(pieces: &[Piece]) -> bool {
    let word = |at: Option<usize>, word: &str| {
        at.and_then(|at| pieces.get(at))
            .is_some_and(|piece| matches!(piece, Piece::Word(own) if own == word))
    };
    (0..pieces.len()).any(|at| {
        let row = word(Some(at), "new") || word(Some(at), "old");
        let column = pieces.get(at + 1) == Some(&Piece::Mark('.'))
            && matches!(pieces.get(at + 2), Some(Piece::Word(_)));
        let returned = word(at.checked_sub(1), "return")
            && pieces
                .get(at + 1)
                .is_none_or(|piece| *piece == Piece::Mark(';'));
        let field = pieces.get(at.wrapping_sub(1)) == Some(&Piece::Mark('.'));
        row && !field && !column && !returned || word(Some(at), "execute")
    })
}

/// Whether `lower(c)` or `upper(c)` of one column is all of it: that tells no more than which values are there.
fn folds(expression: &str) -> bool {
    let shown: Vec<Piece> = pieces(expression);
    let words: Vec<&str> = shown
        .iter()
        .filter_map(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            Piece::Mark(_) => None,
        })
        .collect();
    let plain = shown.iter().all(|piece| match piece {
        Piece::Word(_) => true,
        Piece::Mark(mark) => matches!(mark, '(' | ')' | ':'),
    });
    let cast = matches!(words.as_slice(), [_, _] | [_, _, "text"]);
    // Of the server: pg_get_expr writes the schema of any other that the path does not hold.
    let folds = expression.starts_with("lower(") || expression.starts_with("upper(");
    let sealed = words.first() == Some(&"sealwire");
    (folds && plain && cast) || sealed
}

/// What of a condition goes by the row alone; functions besides, since what they go by is not known.
const OF_THE_ROW: &[&str] = &[
    "abs",
    "all",
    "and",
    "any",
    "array",
    "between",
    "btrim",
    "case",
    "ceil",
    "char_length",
    "character_length",
    "coalesce",
    "date_part",
    "date_trunc",
    "else",
    "end",
    "extract",
    "exists",
    "floor",
    "from",
    "greatest",
    "in",
    "is",
    "least",
    "left",
    "length",
    "lower",
    "ltrim",
    "mod",
    "not",
    "now",
    "nullif",
    "num_nonnulls",
    "num_nulls",
    "numeric",
    "octet_length",
    "or",
    "position",
    "replace",
    "right",
    "round",
    "row",
    "rtrim",
    "select",
    "some",
    "starts_with",
    "strpos",
    "substr",
    "substring",
    "text",
    "then",
    "timestamp",
    "trim",
    "upper",
    "varchar",
    "varying",
    "when",
    "where",
    "bpchar",
    "character",
    "time",
    "bit",
    "like",
    "values",
];

/// Whether a condition calls something by which it could be made to go by more than the row.
fn is_steered(text: &str) -> bool {
    let pieces = pieces(text);
    pieces.windows(2).any(|two| match two {
        [Piece::Word(word), Piece::Mark('(')] => !OF_THE_ROW.contains(&word.as_str()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_that_call_something_unknown_are_steered() {
        for (text, steered) in [
            ("(salary > 5)", false),
            ("((phone IS NOT NULL) OR (length(email) > 3))", false),
            (
                "(salary < (current_setting('app.limit'::text))::integer)",
                true,
            ),
            (
                "((city)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
                false,
            ),
            ("public.f(salary)", true),
            ("(owner = CURRENT_USER)", false),
            ("('current_setting(x)'::text = city)", false),
        ] {
            assert_eq!(is_steered(text), steered, "{text}");
        }
    }

    #[test]
    fn only_the_fold_of_one_column_tells_no_more_than_the_column() {
        for (text, is) in [
            ("lower(email)", true),
            ("upper((email)::text)", true),
            ("sealwire.ci(email)", true),
            ("lower(email), lower(name)", false),
            ("lower((email || name))", false),
            ("lower(\"left\"(email, 3))", false),
            ("COALESCE(email, ''::text)", false),
            ("other.lower(email)", false),
        ] {
            assert_eq!(folds(text), is, "{text}");
        }
    }

    #[test]
    fn a_trigger_that_takes_whole_rows_is_told() {
        for (body, takes) in [
            ("begin new.stamp := now(); return new; end", false),
            (
                "begin if new.a <> old.a then new.b := 1; end if; return new; end",
                false,
            ),
            ("begin insert into log select new.*; return null; end", true),
            (
                "begin insert into log values (to_jsonb(new)); return new; end",
                true,
            ),
            (
                "begin if old is distinct from new then return new; end if; return null; end",
                true,
            ),
            (
                "begin execute 'select 1' using new.id; return new; end",
                true,
            ),
            ("begin return coalesce(new, old); end", true),
            ("-- new\nbegin return old; end", false),
        ] {
            assert_eq!(takes_rows(&pieces(body)), takes, "{body}");
        }
    }
}
