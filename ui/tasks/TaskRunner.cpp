#include "ui/tasks/TaskRunner.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace kamei::ui::tasks {
namespace {

constexpr int kTickMs = 100;
/// Before this the speed is not known well enough to promise an end.
constexpr qint64 kEstimateAfterMs = 1500;

/// Written by the job's threads, read by the timer on the GUI thread.
class Sink final : public base::ProgressSink {
public:
    void progress(std::uint64_t done, std::uint64_t total) override {
        m_done.store(done, std::memory_order_relaxed);
        m_total.store(total, std::memory_order_relaxed);
    }
    void phase(std::string_view word) override {
        const std::scoped_lock lock(m_mutex);
        m_phase = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        m_done.store(0, std::memory_order_relaxed);
        m_total.store(0, std::memory_order_relaxed);
        ++m_phases;
    }
    [[nodiscard]] quint64 done() const { return m_done.load(std::memory_order_relaxed); }
    [[nodiscard]] quint64 total() const { return m_total.load(std::memory_order_relaxed); }
    [[nodiscard]] std::pair<QString, int> phase() const {
        const std::scoped_lock lock(m_mutex);
        return {m_phase, m_phases};
    }

private:
    mutable std::mutex m_mutex;
    QString m_phase;
    int m_phases = 0;
    std::atomic<std::uint64_t> m_done{0};
    std::atomic<std::uint64_t> m_total{0};
};

using Done = std::function<void(const base::Expected<job::Report>&)>;

struct Queued {
    std::unique_ptr<job::Job> job;
    Done done;
};

} // namespace

struct TaskRunner::State {
    QThreadPool beside;
    std::deque<Queued> queue;
    std::optional<Queued> running;
    QString runningWord;
    std::shared_ptr<Sink> sink;
    std::jthread worker;
    QTimer tick;
    QElapsedTimer phaseClock;
    int phaseSeen = -1;
};

TaskRunner::TaskRunner(QObject* parent) : QObject(parent), m_state(std::make_unique<State>()) {
    // Look-ups wait for the disk rather than for the processor; a few may go on at once.
    m_state->beside.setMaxThreadCount(4);
    m_state->tick.setInterval(kTickMs);
    connect(&m_state->tick, &QTimer::timeout, this, &TaskRunner::report);
}

TaskRunner::~TaskRunner() {
    m_state->queue.clear();
    if (m_state->worker.joinable()) {
        m_state->worker.request_stop();
        m_state->worker.join();
    }
    m_state->beside.clear();
    m_state->beside.waitForDone();
}

bool TaskRunner::busy() const {
    return m_state->running.has_value();
}

void TaskRunner::start(std::unique_ptr<job::Job> job, Done done) {
    m_state->queue.push_back({std::move(job), std::move(done)});
    if (!busy()) {
        next();
    }
}

void TaskRunner::cancel() {
    m_state->queue.clear();
    if (m_state->worker.joinable()) {
        m_state->worker.request_stop();
    }
}

void TaskRunner::next() {
    if (m_state->queue.empty()) {
        return;
    }
    if (m_state->worker.joinable()) {
        m_state->worker.join(); // has ended already: its result arrived
    }
    m_state->running = std::move(m_state->queue.front());
    m_state->queue.pop_front();
    m_state->sink = std::make_shared<Sink>();
    m_state->phaseSeen = -1;
    job::Job* job = m_state->running->job.get();
    const auto word = job->word();
    m_state->runningWord = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    m_state->tick.start();
    emit started(m_state->runningWord);
    m_state->worker = std::jthread([this, job, sink = m_state->sink](const std::stop_token& stop) {
        auto result = std::make_shared<base::Expected<job::Report>>(job->run(stop, *sink));
        QMetaObject::invokeMethod(
            this, [this, result] { ended(*result); }, Qt::QueuedConnection);
    });
}

void TaskRunner::ended(const base::Expected<job::Report>& result) {
    m_state->tick.stop();
    const Done done = std::move(m_state->running->done);
    m_state->running.reset();
    emit finished(m_state->runningWord, result && result->cancelled, !result);
    if (done) {
        done(result); // may start another job
    }
    if (!busy()) {
        next();
    }
}

void TaskRunner::report() {
    const Sink& sink = *m_state->sink;
    const auto [phase, number] = sink.phase();
    if (number != m_state->phaseSeen) {
        m_state->phaseSeen = number;
        m_state->phaseClock.start();
    }
    const quint64 done = sink.done();
    const quint64 total = sink.total();
    int left = -1;
    const qint64 elapsed = m_state->phaseClock.elapsed();
    if (done > 0 && total >= done && elapsed > kEstimateAfterMs) {
        left = static_cast<int>(static_cast<double>(elapsed) / 1000.0 * static_cast<double>(total - done) /
                                static_cast<double>(done));
    }
    emit progressed(phase, done, total, left);
}

void TaskRunner::runBeside(QObject* receiver, std::function<void()> work, std::function<void()> done) {
    const QPointer<QObject> guard(receiver);
    m_state->beside.start([this, guard, work = std::move(work), done = std::move(done)] {
        work();
        // The guard is looked at on the GUI thread only, where its object can go away.
        QMetaObject::invokeMethod(
            this,
            [guard, done] {
                if (guard) {
                    done();
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace kamei::ui::tasks
