//! Which fold a column's values get: from its collation, and compared with what the server's own `lower()` and
//! `upper()` make of every code point.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use crate::policy::FoldWish;
use crate::value::{DeclaredType, Fold, Kind, simple_case};

/// Provider (`c`, `i`, `b`), its locale or the ctype, and the collation as COLLATE takes it (empty for the database's
/// default). Catalogs differ between versions, so rows are read as JSON.
const COLLATION: &str = "
    SELECT current_setting('server_encoding') = 'UTF8',
           CASE WHEN c.oid = 100 THEN coalesce(to_jsonb(d)->>'datlocprovider', 'c') ELSE c.collprovider::text END,
           CASE WHEN c.oid <> 100 THEN coalesce(to_jsonb(c)->>'colllocale', to_jsonb(c)->>'collctype',
                                                to_jsonb(c)->>'colliculocale', '')
                WHEN to_jsonb(d)->>'datlocprovider' = 'b' THEN to_jsonb(d)->>'datlocale'
                ELSE d.datctype::text END,
           CASE WHEN c.oid = 100 THEN '' ELSE quote_ident(n.nspname) || '.' || quote_ident(c.collname) END
    FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace, pg_database d
    WHERE d.datname = current_database() AND c.oid = $1";

/// What the server makes of code points, where it changes them.
const CASES: &str = "
    SELECT i, lower(c COLLATE), upper(c COLLATE) FROM (
        SELECT i, chr(i) AS c FROM generate_series(1, 1114111) AS i WHERE i NOT BETWEEN 55296 AND 57343) AS one
    WHERE lower(c COLLATE) <> c OR upper(c COLLATE) <> c";

/// The fold of a column that is still plain.
///
/// # Errors
/// The server's; in the inner result why the column cannot be folded exactly.
pub(super) async fn fold(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
    declared: &DeclaredType,
    wish: FoldWish,
) -> Result<Result<Fold, String>, JobError> {
    let own: u32 = tx
        .query_one(
            "SELECT attcollation FROM pg_attribute WHERE attrelid = $1 AND attnum = $2",
            &[&table, &attnum],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading a column's collation"))?;
    if own != DEFAULT {
        // citext compares under the database's default, its lower() under the column's.
        if declared.kind == Kind::Citext {
            return Ok(Err("citext with a collation of its own".to_owned()));
        }
        // lower('X') has the database's collation, whatever that of the column beside it.
        let of_constants = match by_collation(tx, DEFAULT, declared, FoldWish::Both).await? {
            Err(reason) => Err(reason),
            Ok((fold, collation)) => compare(tx, fold, &collation).await?,
        };
        if let Err(reason) = of_constants {
            return Ok(Err(format!(
                "constants have the database's default collation, and {reason}"
            )));
        }
    }
    Ok(match by_collation(tx, own, declared, wish).await? {
        Err(reason) => Err(reason),
        Ok((fold, collation)) => compare(tx, fold, &collation).await?.map(|()| fold),
    })
}

/// `DEFAULT_COLLATION_OID`.
const DEFAULT: u32 = 100;

/// Whether the server still folds as it did when the column was sealed: `collation` as the registry has it.
///
/// # Errors
/// The server's; in the inner result what differs.
pub(super) async fn still(
    tx: &Transaction<'_>,
    fold: Fold,
    declared: &DeclaredType,
    collation: Option<&str>,
) -> Result<Result<(), String>, JobError> {
    let collation = collation.filter(|_| declared.kind != Kind::Citext);
    compare(tx, fold, collation.unwrap_or_default()).await
}

async fn by_collation(
    tx: &Transaction<'_>,
    oid: u32,
    declared: &DeclaredType,
    wish: FoldWish,
) -> Result<Result<(Fold, String), String>, JobError> {
    let step = || at("reading a collation");
    let row = tx.query_one(COLLATION, &[&oid]).await.map_err(step())?;
    let utf8: bool = row.try_get(0).map_err(step())?;
    let provider: String = row.try_get(1).map_err(step())?;
    let locale: String = row.try_get(2).map_err(step())?;
    let collation: String = row.try_get(3).map_err(step())?;
    if !utf8 {
        return Ok(Err(
            "the database's encoding is not UTF8: lower() and upper() of its letters are not known"
                .to_owned(),
        ));
    }
    let ascii = match (provider.as_str(), locale.as_str()) {
        ("i", _) => {
            return Ok(Err(
                "its collation is of ICU, whose lower() and upper() depend on what stands around a letter"
                    .to_owned(),
            ));
        }
        (_, "C" | "POSIX") => true,
        (_, _) => false,
    };
    Ok(Ok((wish.fold(declared, ascii), collation)))
}

async fn compare(
    tx: &Transaction<'_>,
    fold: Fold,
    collation: &str,
) -> Result<Result<(), String>, JobError> {
    let step = || at("comparing lower() and upper() with the server's");
    let collate = if collation.is_empty() {
        String::new()
    } else {
        format!("COLLATE {collation}")
    };
    let mut server: HashMap<char, (String, String)> = HashMap::new();
    for row in tx
        .query(&CASES.replace("COLLATE", &collate), &[])
        .await
        .map_err(step())?
    {
        let code: i32 = row.try_get(0).map_err(step())?;
        if let Some(c) = u32::try_from(code).ok().and_then(char::from_u32) {
            let cases = (
                row.try_get(1).map_err(step())?,
                row.try_get(2).map_err(step())?,
            );
            server.insert(c, cases);
        }
    }
    let differ: Vec<String> = ('\u{1}'..=char::MAX)
        .filter(|c| !alike(fold, *c, server.get(c)))
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    if let Some(first) = differ.first() {
        return Ok(Err(format!(
            "the server's lower() or upper() under its collation differs from what Sealwire knows for {} characters, {first} among them",
            differ.len()
        )));
    }
    // A mapping that looks at the letters around: the final sigma.
    let text = format!("SELECT lower(U&'\\0391\\03A3' {collate}) = U&'\\03B1\\03C3'");
    let simple: bool = tx
        .query_one(&text, &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    if !simple && fold != Fold::Ascii {
        return Ok(Err(
            "lower() under its collation depends on what stands around a letter".to_owned(),
        ));
    }
    Ok(Ok(()))
}

/// Whether the server's cases of a character are those of the fold.
fn alike(fold: Fold, c: char, server: Option<&(String, String)>) -> bool {
    let is = |text: &str, one: char| text.chars().eq([one]);
    let found = |which: fn(&(String, String)) -> &String, one: char| {
        server.map_or(one == c, |cases| is(which(cases), one))
    };
    if fold == Fold::Ascii {
        return found(|cases| &cases.0, c.to_ascii_lowercase())
            && found(|cases| &cases.1, c.to_ascii_uppercase());
    }
    let (lower, upper, certain) = simple_case(c);
    // What versions of Unicode map unlike is either its own lower case or not taken.
    if !certain {
        return lower != c || found(|cases| &cases.0, c) || upper == c;
    }
    found(|cases| &cases.0, lower) && found(|cases| &cases.1, upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_folds_otherwise_is_noticed() {
        let cases = |lower: &str, upper: &str| Some((lower.to_owned(), upper.to_owned()));
        let same = |fold, c, server: Option<(String, String)>| alike(fold, c, server.as_ref());
        assert!(same(Fold::Both, 'I', cases("i", "I")));
        assert!(!same(Fold::Both, 'I', cases("ı", "I")), "Turkish");
        assert!(!same(Fold::Both, 'ß', cases("ß", "SS")), "full mapping");
        assert!(same(Fold::Both, 'ß', None));
        assert!(!same(Fold::Ascii, 'ä', cases("ä", "Ä")));
        assert!(same(Fold::Ascii, 'ä', None));
        assert!(!same(Fold::Ascii, 'A', None));
        // A letter that got its capital in Unicode 11 or 16.
        assert!(same(Fold::Both, 'ა', None) && same(Fold::Both, 'ა', cases("ა", "Ა")));
    }
}
