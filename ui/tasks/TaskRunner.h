#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/job/Job.h"

namespace kamei::ui::tasks {

/// Runs jobs one after another, and short look-ups beside them, off the GUI thread. All signals arrive
/// on the GUI thread.
class TaskRunner : public QObject {
    Q_OBJECT

public:
    explicit TaskRunner(QObject* parent = nullptr);
    ~TaskRunner() override; ///< cancels and waits

    /// Queues a job. `done` is called on the GUI thread with its outcome.
    void start(std::unique_ptr<job::Job> job,
               std::function<void(const base::Expected<job::Report>&)> done = {});
    [[nodiscard]] bool busy() const;
    void cancel(); ///< asks the running job to stop

    /// Runs `work` on a pool thread, then `done` with its result on the GUI thread, unless `receiver` is
    /// gone.
    template <class Work, class Done> void look(QObject* receiver, Work work, Done done) {
        using Result = decltype(work());
        auto result = std::make_shared<std::unique_ptr<Result>>();
        runBeside(
            receiver,
            [work = std::move(work), result]() mutable { *result = std::make_unique<Result>(work()); },
            [done = std::move(done), result]() mutable { done(std::move(**result)); });
    }

signals:
    void started(const QString& word);
    /// done of total; secondsLeft -1 while unknown.
    void progressed(const QString& phase, quint64 done, quint64 total, int secondsLeft);
    void finished(const QString& word, bool cancelled, bool failed);

private:
    void next();
    void ended(const base::Expected<job::Report>& result);
    void report();
    void runBeside(QObject* receiver, std::function<void()> work, std::function<void()> done);
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kamei::ui::tasks
