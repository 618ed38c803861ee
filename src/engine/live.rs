//! The threads: a writer, a reader, and one for each job.
//!
//! The reader takes the newest question first in no slot twice: a question whose ticket was dropped before it was
//! begun is skipped. The writer hands what it touched to the reader before the receipt arrives, so whoever asks after
//! a receipt sees the change.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::Waker;
use super::faults::guarded;
use super::tickets::{Answer, Job, Ticket, Versions, pair};
use super::writer::{Session, WriteRequest};
use crate::command::Receipt;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::Areas;
use crate::view::desk::Desk;

/// Is given the desk, or why it is not up to date.
type Reading = Box<dyn FnOnce(Result<&Desk>) + Send>;

enum ToReader {
    Ask(Reading),
    Changed(Areas, Vec<i64>),
}

struct ToWriter {
    request: WriteRequest,
    answer: Answer<Receipt>,
    progress: Progress,
}

pub(super) struct Live {
    reader: Sender<ToReader>,
    writer: Sender<ToWriter>,
    waker: Waker,
    writing: JoinHandle<Result<Option<Problem>>>,
    reading: JoinHandle<()>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}

impl Live {
    pub(super) fn start(session: Session, desk: Desk, versions: Arc<Versions>, waker: Waker) -> Result<Self> {
        let (reader, questions) = channel();
        let (writer, requests) = channel();
        let to_reader = reader.clone();
        let wake = Arc::clone(&waker);
        let reading = spawn("reader", move || read_on(desk, &questions))?;
        let writing = spawn("writer", move || write_on(session, &requests, &to_reader, &versions, &wake))?;
        Ok(Self { reader, writer, waker, writing, reading })
    }

    pub(super) fn read<T: Send + 'static>(&self, work: impl FnOnce(&Desk) -> Result<T> + Send + 'static) -> Ticket<T> {
        let (answer, ticket) = pair();
        let waker = Arc::clone(&self.waker);
        let reading: Reading = Box::new(move |desk| {
            if answer.is_wanted() {
                answer.put(desk.and_then(|desk| guarded(|| work(desk))));
                waker();
            }
        });
        // The reader lives as long as this end; were it gone, the ticket would simply stay empty.
        drop(self.reader.send(ToReader::Ask(reading)));
        ticket
    }

    pub(super) fn write(&self, request: WriteRequest) -> Job<Receipt> {
        let progress = Progress::default();
        let (answer, ticket) = pair();
        drop(self.writer.send(ToWriter { request, answer, progress: progress.clone() }));
        Job::new(ticket, progress)
    }

    pub(super) fn job<T: Send + 'static>(&self, work: impl FnOnce(&Progress) -> Result<T> + Send + 'static) -> Job<T> {
        job(&self.waker, work)
    }

    pub(super) fn close(self) -> Result<Option<Problem>> {
        drop(self.writer);
        let written = self.writing.join().unwrap_or_else(|_| Err(Problem::fault("the writer ended early")));
        drop(self.reader);
        // A reader that ended early has already told its askers.
        drop(self.reading.join());
        written
    }
}

/// Long work on a thread of its own.
pub(super) fn job<T: Send + 'static>(
    waker: &Waker,
    work: impl FnOnce(&Progress) -> Result<T> + Send + 'static,
) -> Job<T> {
    let progress = Progress::default();
    let (answer, ticket) = pair();
    let waker = Arc::clone(waker);
    let inside = progress.clone();
    let spawned = spawn("job", move || {
        answer.put(guarded(|| work(&inside)));
        inside.end();
        waker();
    });
    if let Err(problem) = spawned {
        let (answer, ticket) = pair();
        answer.put(Err(problem));
        progress.end();
        return Job::new(ticket, progress);
    }
    Job::new(ticket, progress)
}

fn read_on(mut desk: Desk, questions: &Receiver<ToReader>) {
    let mut behind = Behind::default();
    while let Ok(message) = questions.recv() {
        match message {
            ToReader::Ask(reading) => reading(behind.catch_up(&mut desk).map(|()| &desk)),
            ToReader::Changed(areas, touched) => {
                behind.add(areas, touched);
                // Where it fails now it is tried again with each question, which is told why.
                drop(behind.catch_up(&mut desk));
            }
        }
    }
}

/// Changes that the reading side has not seen yet.
#[derive(Default)]
struct Behind {
    areas: Areas,
    touched: Vec<i64>,
}

impl Behind {
    fn add(&mut self, areas: Areas, mut touched: Vec<i64>) {
        self.areas = self.areas.and(areas);
        self.touched.append(&mut touched);
        self.touched.sort_unstable();
        self.touched.dedup();
    }

    fn catch_up(&mut self, desk: &mut Desk) -> Result<()> {
        if self.areas == Areas::default() && self.touched.is_empty() {
            return Ok(());
        }
        desk.refresh(self.areas, &self.touched).inspect_err(|problem| {
            tracing::warn!(detail = problem.detail, "the reading side could not be brought up to date");
        })?;
        *self = Self::default();
        Ok(())
    }
}

fn write_on(
    mut session: Session,
    requests: &Receiver<ToWriter>,
    reader: &Sender<ToReader>,
    versions: &Versions,
    waker: &Waker,
) -> Result<Option<Problem>> {
    while let Ok(ToWriter { request, answer, progress }) = requests.recv() {
        let result = guarded(|| session.handle(request, &progress));
        if let Ok(receipt) = &result {
            drop(reader.send(ToReader::Changed(receipt.areas, receipt.touched.clone())));
            versions.changed(receipt.areas);
        }
        answer.put(result);
        progress.end();
        waker();
    }
    session.close()
}

fn spawn<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(Problem::from)
}
