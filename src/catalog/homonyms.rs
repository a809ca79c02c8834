//! Functions and operators of others that have the name of one of pg_catalog: which of them the server would take in a
//! statement, the search path says.

use std::collections::HashMap;

/// Those of one database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Homonyms {
    /// Functions by name.
    pub functions: HashMap<String, Vec<Homonym>>,
    /// Operators by name.
    pub operators: HashMap<String, Vec<Homonym>>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Homonym {
    /// Schema.
    pub schema: String,
    /// pg_catalog has one of just these arguments: behind pg_catalog in the path, this one is never taken.
    pub twin: bool,
    /// It takes a type of its own, first: nothing of the server's own types becomes one without being asked. An operator
    /// takes it on either side.
    pub foreign: bool,
}

/// What an unqualified name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// For pg_catalog's.
    Catalog,
    /// Likewise, where the first argument is of one of the server's own types.
    CatalogOfOwnTypes,
    /// That hangs on the arguments, or it is another's.
    Unclear,
}

const CATALOG: &str = "pg_catalog";

impl Homonyms {
    /// What the name of a function stands for under a search path: `current_schemas(true)`.
    pub fn function(&self, name: &str, path: &[String]) -> Stands {
        stands(self.functions.get(name), path)
    }

    /// The same of an operator.
    pub fn operator(&self, name: &str, path: &[String]) -> Stands {
        stands(self.operators.get(name), path)
    }
}

/// The schemas that are searched before pg_catalog; those of temporary tables hold nothing that is found by its name
/// alone but relations and types.
pub fn before_catalog(path: &[String]) -> &[String] {
    let catalog = path.iter().position(|schema| schema == CATALOG);
    path.get(..catalog.unwrap_or(0)).unwrap_or_default()
}

fn stands(homonyms: Option<&Vec<Homonym>>, path: &[String]) -> Stands {
    let before = before_catalog(path);
    let mut stands = Stands::Catalog;
    for one in homonyms.into_iter().flatten() {
        if before.contains(&one.schema) {
            return Stands::Unclear;
        }
        if one.twin || !path.contains(&one.schema) {
            continue;
        }
        if !one.foreign {
            return Stands::Unclear;
        }
        stands = Stands::CatalogOfOwnTypes;
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(schemas: &str) -> Vec<String> {
        schemas.split(' ').map(str::to_owned).collect()
    }

    fn homonym(schema: &str, twin: bool, foreign: bool) -> Homonym {
        Homonym {
            schema: schema.to_owned(),
            twin,
            foreign,
        }
    }

    #[test]
    fn the_path_says_whose_function_it_is() {
        let of = |one: Homonym| Homonyms {
            functions: HashMap::from([("left".to_owned(), vec![one])]),
            operators: HashMap::new(),
        };
        for (one, schemas, stands) in [
            (
                homonym("own", true, false),
                "pg_catalog own public",
                Stands::Catalog,
            ),
            (
                homonym("own", true, false),
                "own pg_catalog public",
                Stands::Unclear,
            ),
            (homonym("own", true, false), "own public", Stands::Catalog),
            (
                homonym("own", false, false),
                "pg_catalog own",
                Stands::Unclear,
            ),
            (
                homonym("own", false, false),
                "pg_catalog public",
                Stands::Catalog,
            ),
            (
                homonym("own", false, true),
                "pg_catalog own",
                Stands::CatalogOfOwnTypes,
            ),
            (
                homonym("own", false, true),
                "own pg_catalog",
                Stands::Unclear,
            ),
            (homonym("own", false, true), "pg_catalog", Stands::Catalog),
        ] {
            let shown = format!("{one:?} {schemas}");
            assert_eq!(of(one).function("left", &path(schemas)), stands, "{shown}");
        }
        let of = of(homonym("own", false, false));
        assert_eq!(
            of.function("right", &path("own pg_catalog")),
            Stands::Catalog
        );
        assert_eq!(
            of.operator("left", &path("own pg_catalog")),
            Stands::Catalog
        );
    }

    #[test]
    fn without_pg_catalog_in_it_the_path_begins_with_it() {
        assert!(before_catalog(&path("public own")).is_empty());
        assert_eq!(before_catalog(&path("own pg_catalog public")), ["own"]);
    }
}
