#include "ui/commands/EditCommand.h"

#include "core/base/Clock.h"

namespace kamei::ui::commands {
namespace {

constexpr int kReshapeId = 1;
constexpr base::TimeMs kMergeMs = 800;

} // namespace

EditCommand::EditCommand(std::shared_ptr<job::Session> session, decide::Edit edit, const QString& by,
                         const QString& text, OnError onError)
    : QUndoCommand(text), m_session(std::move(session)), m_next(std::move(edit)), m_by(by.toStdString()),
      m_onError(std::move(onError)) {}

base::Expected<void> EditCommand::run(const decide::Edit& edit) {
    auto inverse = m_session->apply(edit, m_by);
    if (!inverse) {
        setObsolete(true);
        return tl::unexpected(inverse.error());
    }
    m_next = std::move(*inverse);
    return {};
}

base::Expected<void> EditCommand::apply() {
    m_at = base::nowMs();
    auto result = run(m_next);
    m_applied = result.has_value();
    return result;
}

void EditCommand::redo() {
    const bool alreadyDone = m_fresh && m_applied;
    m_fresh = false;
    if (alreadyDone) {
        return;
    }
    if (m_at == 0) {
        m_at = base::nowMs();
    }
    if (auto result = run(m_next); !result && m_onError) {
        m_onError(result.error());
    }
}

void EditCommand::undo() {
    if (auto result = run(m_next); !result && m_onError) {
        m_onError(result.error());
    }
}

int EditCommand::id() const {
    return std::holds_alternative<decide::Reshape>(m_next) ? kReshapeId : -1;
}

bool EditCommand::mergeWith(const QUndoCommand* other) {
    const auto* later = dynamic_cast<const EditCommand*>(other);
    if (later == nullptr || later->m_session != m_session || later->m_at - m_at > kMergeMs ||
        later->text() != text()) {
        return false;
    }
    const auto* mine = std::get_if<decide::Reshape>(&m_next);
    const auto* theirs = std::get_if<decide::Reshape>(&later->m_next);
    if (mine == nullptr || theirs == nullptr || mine->finding != theirs->finding) {
        return false;
    }
    // Both are applied: m_next leads back to before the first, which is where undoing must lead.
    m_at = later->m_at;
    return true;
}

} // namespace kamei::ui::commands
