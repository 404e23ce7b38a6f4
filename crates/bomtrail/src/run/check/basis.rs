//! What a project is checked against: its policy, its approvals, the lists of its workspace members, and the day. Loaded once;
//! every command that asks what is approved uses it.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_approvals::{
    FILE_NAME, List, LoadOptions, Loaded, MemberList, Requirements, Use, decide_with,
    ignored_approvals, load,
};
use bomtrail_graph::{Approval, Date, Files, NodeMap};
use bomtrail_policy::Policy;

use super::{Approvals, CheckError, CheckOptions, ListPlace, POLICY_FILE, locate, named_file};
use crate::project::{Project, Scan, members};
use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ProjectFiles};

/// What a project is checked against.
#[derive(Debug)]
#[non_exhaustive]
pub struct Basis {
    /// The policy.
    pub policy: Policy,
    /// The project's own list, with all it extends.
    pub approvals: Approvals,
    /// The day of the check.
    pub today: Date,
    members: Vec<Member>,
}

/// The list of a workspace member.
#[derive(Debug)]
struct Member {
    place: String,
    /// The path of the list.
    path: String,
    list: List,
}

impl Basis {
    /// A policy and approvals that are in memory; the project has no lists of members.
    pub fn new(policy: Policy, approvals: Approvals, today: Date) -> Self {
        Self {
            policy,
            approvals,
            today,
            members: Vec::new(),
        }
    }

    /// Loads what a project that was selected from is checked against.
    pub(crate) fn load(project: &Project, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let own = project.files().clone();
        let own = own.recorded(options.recorder.as_ref());
        let files: &dyn Files = options.from.unwrap_or(&own);
        // The project's own settings are read already. A recorder has to see the file.
        let settings = project.settings().filter(|_| {
            options.policy.is_none() && options.from.is_none() && options.recorder.is_none()
        });
        let policy = match settings {
            Some(settings) => {
                let mut policy = settings.policy.clone();
                let urls = settings.registries.iter().map(|it| it.url.clone());
                policy.options.registries.extend(urls);
                adjusted(policy, options)
            }
            None => policy(options, files)?,
        };
        let load_options = LoadOptions {
            max_depth: policy.options.max_extends_depth,
            ..LoadOptions::default()
        };
        let approvals = approvals(options, files, &load_options)?;
        let mut basis = Self::new(policy, approvals, options.today);
        // A list next to an SBOM need not be about it.
        if project.sbom().is_none() {
            basis.load_members(&project.fragments, files, &load_options)?;
        }
        Ok(basis)
    }

    /// Like [`Basis::load`], as if the project had no list of its own.
    pub(super) fn load_without_list(
        project: &Project,
        options: &CheckOptions<'_>,
    ) -> Result<Self, CheckError> {
        let own = project.files();
        let policy = policy(options, options.from.unwrap_or(own))?;
        Ok(Self::new(policy, Approvals::default(), options.today))
    }

    fn load_members(
        &mut self,
        fragments: &[bomtrail_graph::Fragment],
        files: &dyn Files,
        options: &LoadOptions<'_>,
    ) -> Result<(), CheckError> {
        for place in members::places(fragments) {
            // A file that exists and cannot be read must not count as none.
            if !files.list(&place).iter().any(|it| it == FILE_NAME) {
                continue;
            }
            let path = format!("{place}/{FILE_NAME}");
            let list = load(&path, files, options);
            let list = list.map_err(CheckError::Invalid)?.list;
            let own = &mut self.approvals.list;
            for it in &list.diagnostics {
                own.diagnostics.push(it.clone());
            }
            let adds = self.policy.options.members_approve;
            let ignored = ignored_approvals(&path, &list, own).filter(|_| !adds);
            if let Some(ignored) = ignored {
                own.diagnostics.push(ignored);
            }
            self.members.push(Member { place, path, list });
        }
        Ok(())
    }

    /// With another list in place of the project's own.
    pub(super) fn with_list(self, loaded: &Loaded) -> Self {
        let approvals = Approvals {
            name: self.approvals.name.clone(),
            list: loaded.list.clone(),
            lock: loaded.lock.clone(),
        };
        Self { approvals, ..self }
    }

    /// The places of the members that have a list; a scan has to follow them.
    pub(crate) fn member_places(&self) -> Vec<String> {
        self.members.iter().map(|it| it.place.clone()).collect()
    }

    /// What the lists say of each package of a scan that followed the members.
    pub fn decide(&self, scan: &Scan) -> NodeMap<Approval> {
        let followed = scan.members_by_node();
        let followed: BTreeMap<&str, &members::MemberNodes> =
            followed.iter().map(|it| (&*it.place, it)).collect();
        let adds = self.policy.options.members_approve;
        let members: Vec<MemberList<'_>> = self
            .members
            .iter()
            .filter_map(|it| {
                let uses = followed
                    .get(&*it.place)?
                    .nodes
                    .iter()
                    .map(|(id, development)| {
                        let used_for = if *development { Use::Dev } else { Use::Prod };
                        (*id, used_for)
                    });
                let uses = uses.collect::<BTreeMap<_, _>>();
                Some(MemberList::new(&it.path, &it.list, uses).adding(adds))
            })
            .collect();
        decide_with(
            scan.graph(),
            &self.approvals.list,
            &members,
            &self.requirements(),
        )
    }

    /// What the policy requires of approvals.
    fn requirements(&self) -> Requirements {
        let options = &self.policy.options;
        let mut requirements = Requirements::on(self.today);
        requirements.criteria.clone_from(&options.criteria);
        requirements.trust_lock_version = options.trust_lock_version;
        requirements.require_integrity = options.require_integrity;
        requirements.registries.clone_from(&options.registries);
        requirements
    }
}

/// The policy that is given or that the project has, with what the command line sets over it.
fn policy(options: &CheckOptions<'_>, files: &dyn Files) -> Result<Policy, CheckError> {
    let (name, bytes) = match &options.policy {
        Some(path) => {
            let name = path.display().to_string();
            let bytes = named_file(path)?;
            if let Some(recorder) = &options.recorder {
                recorder.note(&name, &bytes);
                recorder.note_path(path);
            }
            (name, Some(bytes))
        }
        None => (POLICY_FILE.to_owned(), files.read(POLICY_FILE)),
    };
    let policy = match bytes {
        Some(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            Policy::parse(&name, &text).map_err(CheckError::Invalid)?
        }
        None => Policy::default(),
    };
    Ok(adjusted(policy, options))
}

/// A policy with the settings of the command line.
fn adjusted(mut policy: Policy, options: &CheckOptions<'_>) -> Policy {
    for (rule, verdict) in &options.verdicts {
        policy.set(rule, *verdict);
    }
    policy.options.fail_on = options.fail_on.unwrap_or(policy.options.fail_on);
    policy
}

/// The approvals that are given or that the project names; without any, an empty list.
fn approvals(
    options: &CheckOptions<'_>,
    files: &dyn Files,
    load_options: &LoadOptions<'_>,
) -> Result<Approvals, CheckError> {
    let place = locate::list(options.approvals.as_deref(), files)?;
    let Some((name, loaded)) = load_at(&place, options, files, load_options)? else {
        return Ok(Approvals::default());
    };
    Ok(Approvals {
        name: Some(name),
        list: loaded.list,
        lock: loaded.lock,
    })
}

/// The list at a place, and what messages call it.
pub(super) fn load_at(
    place: &ListPlace,
    options: &CheckOptions<'_>,
    files: &dyn Files,
    load_options: &LoadOptions<'_>,
) -> Result<Option<(String, Loaded)>, CheckError> {
    let (name, loaded) = match place {
        ListPlace::None => return Ok(None),
        ListPlace::Project(path) => (path, load(path, files, load_options)),
        ListPlace::Elsewhere { folder, name } => {
            let disk = open_folder(folder, name)?;
            let recorder = options.recorder.as_ref();
            let recorder = recorder.map(|it| it.under(&folder.to_string_lossy()));
            let disk = ProjectFiles::of_disk(disk).recorded(recorder.as_ref());
            (name, load(name, &disk, load_options))
        }
    };
    Ok(Some((name.clone(), loaded.map_err(CheckError::Invalid)?)))
}

fn open_folder(folder: &Path, name: &str) -> Result<Disk, CheckError> {
    Disk::open(folder, DEFAULT_SIZE_LIMIT).map_err(|cause| CheckError::Unreadable {
        path: folder.join(name).display().to_string(),
        cause,
    })
}
