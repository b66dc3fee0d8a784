#include "ui/shell/AppContext.h"

#include <QMetaObject>
#include <QSettings>
#include <mutex>
#include <vector>

#include "ui/commands/EditCommand.h"
#include "ui/shell/Pulse.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {

/// Takes changes from any thread and hands them to the GUI thread, changes of one kind merged. The
/// session's listener holds it, so that a change under way cannot reach a context that is gone.
struct AppContext::Mailbox {
    std::mutex mutex;
    AppContext* owner = nullptr;
    std::vector<job::Change> pending;

    void put(const job::Change& change) {
        const std::scoped_lock lock(mutex);
        for (job::Change& known : pending) {
            if (known.kind == change.kind) {
                if (known.asset != change.asset) {
                    known.asset = {};
                }
                return;
            }
        }
        pending.push_back(change);
        if (pending.size() == 1 && owner != nullptr) {
            QMetaObject::invokeMethod(owner, &AppContext::deliver, Qt::QueuedConnection);
        }
    }
};

AppContext::AppContext(tasks::TaskRunner* runner, ActionRegistry* actions, QObject* parent)
    : QObject(parent), m_runner(runner), m_actions(actions), m_mailbox(std::make_shared<Mailbox>()),
      m_reviewer(QSettings().value(QStringLiteral("reviewer")).toString()), m_pulse(new Pulse(*this)) {
    m_mailbox->owner = this;
}

AppContext::~AppContext() {
    if (m_session) {
        m_session->unsubscribe(m_subscription);
    }
    const std::scoped_lock lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void AppContext::setSession(std::shared_ptr<job::Session> session) {
    if (m_session) {
        m_session->unsubscribe(m_subscription);
    }
    m_undo.clear();
    m_session = std::move(session);
    if (m_session) {
        m_subscription =
            m_session->subscribe([box = m_mailbox](const job::Change& change) { box->put(change); });
    }
    if (m_session && m_identity) {
        if (auto done = m_session->signIn(m_identity); !done) {
            showError(done.error());
        }
    }
    emit sessionChanged();
}

void AppContext::signIn(std::shared_ptr<const keys::Identity> identity) {
    m_identity = std::move(identity);
    m_reviewer = text::fromUtf8(m_identity->person().name);
    QSettings().setValue(QStringLiteral("reviewer"), m_reviewer);
    if (m_session) {
        if (auto done = m_session->signIn(m_identity); !done) {
            showError(done.error());
        }
    }
    emit reviewerChanged();
}

void AppContext::signOut() {
    if (!m_identity) {
        return;
    }
    m_identity.reset();
    if (m_session) {
        if (auto done = m_session->signOut(); !done) {
            showError(done.error());
        }
    }
    emit reviewerChanged();
}

QString AppContext::reviewerWithRole() const {
    return m_identity ? QStringLiteral("%1 · %2").arg(m_reviewer, text::roleName(m_identity->person().role))
                      : m_reviewer;
}

void AppContext::deliver() {
    std::vector<job::Change> changes;
    {
        const std::scoped_lock lock(m_mailbox->mutex);
        changes.swap(m_mailbox->pending);
    }
    for (const job::Change& change : changes) {
        emit changed(change);
    }
}

void AppContext::setReviewer(const QString& name) {
    const QString trimmed = name.trimmed();
    if (trimmed == m_reviewer) {
        return;
    }
    if (m_identity) {
        signOut(); // whoever takes another name does not sign with this key
    }
    m_reviewer = trimmed;
    QSettings().setValue(QStringLiteral("reviewer"), trimmed);
    emit reviewerChanged();
}

bool AppContext::push(const decide::Edit& edit, const QString& text) {
    if (!m_session) {
        return false;
    }
    auto command = std::make_unique<commands::EditCommand>(
        m_session, edit, m_reviewer, text, [this](const base::Error& error) { showError(error); });
    if (auto applied = command->apply(); !applied) {
        showError(applied.error());
        return false;
    }
    m_undo.push(command.release());
    return true;
}

void AppContext::go(const Route& route) {
    emit routeRequested(route);
}

void AppContext::openWorkspace(const QString& folder) {
    emit openRequested(folder);
}

void AppContext::say(const QString& text) {
    emit message(text);
}

void AppContext::showError(const base::Error& error) {
    emit errorRaised(error);
}

} // namespace kamei::ui::shell
