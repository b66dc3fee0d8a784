#pragma once

#include <QString>
#include <QUndoCommand>
#include <functional>
#include <memory>

#include "core/decide/Edit.h"
#include "core/job/Session.h"

namespace kamei::ui::commands {

/// One decision, addition or mask change as a step of the undo stack. Undoing applies the inverse that
/// Session::apply returned, redoing the inverse of that, so that ids stay the same over any number of
/// rounds (every decision is an invertible edit; undo appends to the audit log).
///
/// An edit that the workspace refuses makes the command obsolete: QUndoStack drops it. GUI thread.
class EditCommand : public QUndoCommand {
public:
    using OnError = std::function<void(const base::Error&)>;

    /// `by` is recorded with the decision; `text` names the step in the Edit menu. `onError` is told why
    /// an edit was refused, on the first application as on undo and redo.
    EditCommand(std::shared_ptr<job::Session> session, decide::Edit edit, const QString& by,
                const QString& text, OnError onError = {});

    /// Applies the edit ahead of QUndoStack::push, whose redo() then does nothing. Not calling it is
    /// fine; calling it lets the caller see the error and not push at all.
    [[nodiscard]] base::Expected<void> apply();

    void undo() override;
    void redo() override;
    /// Reshapes of one finding that follow each other quickly (arrow keys held down) become one step.
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    [[nodiscard]] base::Expected<void> run(const decide::Edit& edit);

    std::shared_ptr<job::Session> m_session;
    decide::Edit m_next; ///< what the next redo or undo applies
    std::string m_by;
    OnError m_onError;
    base::TimeMs m_at = 0;
    bool m_applied = false;
    bool m_fresh = true; ///< the first redo() comes from QUndoStack::push
};

} // namespace kamei::ui::commands
