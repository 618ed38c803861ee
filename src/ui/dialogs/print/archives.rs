//! Owns which papers of archive checklists are offered, each with what it is made from.
//! Must never fill a form. Start at [`ArchivePaper`].

use crate::print::{ArchiveAsk, CatalogueLayout};

/// A paper of archives (表).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchivePaper {
    /// 档案清单
    Checklist,
    /// 缺项单
    Gaps,
    /// 归档文件目录, in this order of columns
    Catalogue(CatalogueLayout),
    /// 档案盒脊
    Spine,
    /// 备考表
    BackNote,
}

impl ArchivePaper {
    pub fn of(ask: &ArchiveAsk) -> Self {
        match ask {
            ArchiveAsk::Checklist(_) => Self::Checklist,
            ArchiveAsk::Gaps(_) => Self::Gaps,
            ArchiveAsk::Catalogue(_, layout) => Self::Catalogue(*layout),
            ArchiveAsk::Spine(_) => Self::Spine,
            ArchiveAsk::BackNote(_) => Self::BackNote,
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Checklist => "档案清单",
            Self::Gaps => "缺项单",
            Self::Catalogue(CatalogueLayout::Present) => "归档文件目录",
            Self::Catalogue(CatalogueLayout::Former) => "归档文件目录（旧式）",
            Self::Spine => "档案盒脊",
            Self::BackNote => "备考表",
        }
    }

    /// What is counted on it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Checklist | Self::Gaps => "项",
            Self::Catalogue(_) => "件",
            Self::Spine | Self::BackNote => "盒",
        }
    }
}
