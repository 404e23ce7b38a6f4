//! Recipes that other tools build or download from: a container file, and a Homebrew formula.

use sha2::{Digest as _, Sha256};

use super::Asset;
use super::options::Options;
use super::payload::Payload;
use super::release::{LICENSE, Release, SUMMARY};

/// The recipes for this target; the formula needs the address of the release.
pub(crate) fn of(
    release: &Release,
    payload: &Payload,
    options: &Options,
    assets: &[Asset],
) -> Vec<Asset> {
    let mut recipes = Vec::new();
    if release.target.os == "linux" {
        let name = ["bomtrail-", release.target.triple, ".Containerfile"].concat();
        recipes.push(Asset::new(name, container(release, payload)));
    }
    let archive = assets.iter().find(|it| it.name.ends_with(".tar.gz"));
    if let (Some(address), Some(archive)) = (&options.address, archive) {
        let name = ["bomtrail-", release.target.triple, ".rb"].concat();
        recipes.push(Asset::new(name, formula(release, address, archive)));
    }
    recipes
}

/// A program without a C library needs nothing around it.
fn container(release: &Release, payload: &Payload) -> String {
    let base = match payload.glibc {
        Some(_) => "debian:stable-slim",
        None => "scratch",
    };
    let stem = release.stem();
    format!(
        "# The image of bomtrail {}. Build it in a folder with the unpacked release archive:\n\
         #   podman build -f {}.Containerfile -t bomtrail:{} .\n\
         FROM {base}\n\
         COPY {stem}/bomtrail /usr/local/bin/bomtrail\n\
         COPY {stem}/LICENSE-APACHE {stem}/LICENSE-MIT /usr/share/doc/bomtrail/\n\
         WORKDIR /work\n\
         USER 65532:65532\n\
         ENTRYPOINT [\"/usr/local/bin/bomtrail\"]\n",
        release.version,
        ["bomtrail-", release.target.triple].concat(),
        release.version,
    )
}

fn formula(release: &Release, address: &str, archive: &Asset) -> String {
    let digest = super::describe::hex(&Sha256::digest(&archive.bytes));
    format!(
        "class Bomtrail < Formula\n  desc \"{SUMMARY}\"\n  homepage \"{address}\"\n  url \"{address}/{}\"\n  sha256 \"{digest}\"\n  license any_of: [{}]\n  version \"{}\"\n\n  def install\n    bin.install \"bomtrail\"\n    man1.install Dir[\"man/*.1\"]\n    bash_completion.install \"completions/bomtrail\"\n    zsh_completion.install \"completions/_bomtrail\"\n    fish_completion.install \"completions/bomtrail.fish\"\n  end\n\n  test do\n    assert_match version.to_s, shell_output(\"#{{bin}}/bomtrail --version\")\n  end\nend\n",
        archive.name,
        LICENSE
            .split(" OR ")
            .map(|it| format!("\"{it}\""))
            .collect::<Vec<_>>()
            .join(", "),
        release.version,
    )
}
