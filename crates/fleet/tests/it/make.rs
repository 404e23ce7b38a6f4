//! Records in few words.

use bomtrail_fleet::{Record, Release};
use bomtrail_graph::{
    Bom, Component, Diagnostics, Fragment, Graph, Link, LocalId, Phase, Purl, Role, Target,
    Timestamp, Tool, link,
};

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "test",
    version: "1",
};

/// A graph of npm packages: `app@1.0.0`, then lines of `from > to` by `name@version`; `from >dev to` for development.
pub(crate) fn graph(rows: &[&str]) -> Graph {
    let mut names: Vec<&str> = Vec::new();
    let mut links = Vec::new();
    let mut id = |name| {
        let found = names.iter().position(|it| *it == name);
        let position = found.unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        LocalId(u32::try_from(position).unwrap())
    };
    for line in rows {
        let words: Vec<&str> = line.split(' ').collect();
        let from = id(words[0]);
        if let [_, arrow, to] = words[..] {
            let mut link = Link::new(from, Target::Here(id(to)));
            if arrow == ">dev" {
                link.phase = Phase::Develop;
            }
            links.push(link);
        }
    }
    let components = names.iter().enumerate().map(|(number, it)| {
        let (name, version) = it.rsplit_once('@').unwrap();
        Component::new(name).with(|it| {
            it.version = Some(version.into());
            it.place = name.into();
            it.purl = Some(Purl::npm(name, Some(version)).unwrap());
            if number == 0 {
                it.role = Role::Root;
            }
        })
    });
    let components = components.collect();
    let fragment = Fragment::default().with(|it| {
        it.components = components;
        it.links = links;
        it.roots = vec![LocalId(0)];
    });
    link(vec![fragment], &mut Diagnostics::new())
}

/// A record of a graph, for a release on a day.
pub(crate) fn record(product: &str, release: &str, day: &str, lines: &[&str]) -> Record {
    let graph = graph(lines);
    let time = Timestamp::parse(&[day, "T00:00:00Z"].concat()).unwrap();
    let release = Release::new(product, time).with(|it| {
        it.release = Some(release.to_owned());
        it.source = [product, "-", release, ".json"].concat();
    });
    Record::new(&Bom::new(&graph, TOOL), release)
}

/// Three releases of `shop` and one of `desk`; `bad@1.0.0` is in two of `shop` and in `desk`.
pub(crate) fn fleet() -> Vec<Record> {
    vec![
        record(
            "shop",
            "1.0.0",
            "2026-01-10",
            &["shop@1.0.0 > web@1.0.0", "web@1.0.0 > log@1.0.0"],
        ),
        record(
            "shop",
            "1.1.0",
            "2026-02-10",
            &[
                "shop@1.1.0 > web@1.1.0",
                "web@1.1.0 > log@1.0.0",
                "log@1.0.0 > bad@1.0.0",
                "shop@1.1.0 >dev test@2.0.0",
                "test@2.0.0 > bad@1.0.0",
            ],
        ),
        record(
            "shop",
            "1.2.0",
            "2026-03-10",
            &["shop@1.2.0 > web@1.2.0", "web@1.2.0 > bad@1.0.1"],
        ),
        record(
            "desk",
            "7",
            "2026-02-20",
            &[
                "desk@7.0.0 >dev test@2.0.0",
                "test@2.0.0 > bad@1.0.0",
                "lonely@1.0.0",
            ],
        ),
    ]
}
