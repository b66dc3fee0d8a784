// WorkScreen: what a person decides becomes an edit on the undo stack.
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/decide/Rules.h"
#include "ui/screens/work/AssetPage.h"
#include "ui/screens/work/DetailPanel.h"
#include "ui/screens/work/FindingsPanel.h"
#include "ui/screens/work/ScopeBox.h"
#include "ui/screens/work/WorkScreen.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {

using model::Action;
using model::DecisionState;

void WorkScreen::accept() {
    if (!m_detail->hasFinding()) {
        return;
    }
    const Action action = m_detail->action();
    if (decide::asksToLook(m_detail->finding()) && action == m_detail->finding().suggested) {
        answerByMasks();
    } else if (action == m_detail->finding().suggested && hidesMost(m_detail->finding())) {
        context().say(
            tr("This mask hides nearly the whole picture. Reject it with a reason when it is no face; "
               "when it is meant, choose it from the list of actions (E)."));
    } else if (action == m_detail->finding().suggested) {
        decide(DecisionState::Accepted, action);
    } else {
        decide(DecisionState::Changed, action);
    }
}

bool WorkScreen::hidesMost(const model::Finding& finding) const {
    const auto session = context().session();
    if (finding.locator.kind != model::Locator::Kind::Pixels || !session) {
        return false;
    }
    job::FindingQuery query;
    query.asset = finding.asset;
    const auto all = session->findings(query);
    return all && std::ranges::any_of(*all, [&finding](const model::Finding& question) {
               return decide::hidesMost(finding, question);
           });
}

void WorkScreen::answerByMasks() {
    const int drawn = m_detail->drawnMasks();
    if (drawn == 0) {
        // One key too many must not blacken a picture. Who wants that chooses it from the list of actions.
        context().say(
            tr("No mask is drawn yet. Draw one over everything that tells who it is, or reject with a "
               "reason when there is nothing."));
        return;
    }
    // Only here: elsewhere nobody has looked.
    const base::FindingId id = m_detail->finding().id;
    decide::Decide edit;
    edit.findings = {id};
    edit.state = DecisionState::Changed;
    edit.action = Action::Keep;
    edit.reason = tr("Covered by %n drawn mask(s)", nullptr, drawn).toStdString();
    if (context().push(edit, tr("Accept %n finding(s)", nullptr, 1))) {
        goOn({id});
    }
}

void WorkScreen::reject() {
    if (m_detail->hasFinding()) {
        decide(DecisionState::Rejected, Action::Keep);
    }
}

void WorkScreen::change(Action action) {
    if (m_detail->hasFinding()) {
        decide(action == m_detail->finding().suggested ? DecisionState::Accepted : DecisionState::Changed,
               action);
    }
}

void WorkScreen::decide(DecisionState state, Action action) {
    const model::Finding finding = m_detail->finding();
    const QString reason = m_detail->reason();
    decide::Decide edit;
    edit.state = state;
    edit.action = action;
    edit.reason = reason.toStdString();
    if (decide::isSound(finding) && state == DecisionState::Changed && action == Action::Clean) {
        if (finding.method.empty() || m_detail->scope().all()) { // every recording has ranges of its own
            context().say(tr("Drag over the sound on the timeline where it shall be silent, and write there "
                             "why the rest may be heard."));
            m_page->focusViewer();
            return;
        }
        edit.method = finding.method;
    }
    if (reason.isEmpty() && decide::lacksReason(finding, edit, policyNow())) {
        m_detail->askReason(state);
        return;
    }
    const bool same = finding.state == state && finding.action == action && finding.reason == edit.reason &&
                      !m_detail->scope().all();
    if (same) {
        goOn({finding.id}); // decided so already: nothing to record twice
        return;
    }
    m_detail->scope().withTargets([this, edit](std::vector<base::FindingId> targets) mutable {
        const int leftOpen = takeOutUnreasoned(targets, edit);
        const int hiding = takeOutHiding(targets, edit);
        if (targets.empty()) {
            return;
        }
        edit.findings = targets;
        const auto count = static_cast<int>(targets.size());
        const QString words =
            edit.state == DecisionState::Accepted   ? tr("Accept %n finding(s)", nullptr, count)
            : edit.state == DecisionState::Rejected ? tr("Reject %n finding(s)", nullptr, count)
                                                    : tr("Change %n finding(s)", nullptr, count);
        if (context().push(edit, words)) {
            goOn(targets);
            if (leftOpen > 0) {
                context().say(tr("%n left open: they need a reason", nullptr, leftOpen));
            } else if (hiding > 0) {
                context().say(tr("%n left open: they hide nearly the whole picture", nullptr, hiding));
            }
        }
    });
}

model::Policy WorkScreen::policyNow() const {
    const auto info =
        context().session() ? context().session()->info() : base::Expected<job::WorkspaceInfo>();
    return info ? info->policy : model::Policy();
}

int WorkScreen::takeOutUnreasoned(std::vector<base::FindingId>& targets, const decide::Decide& edit) const {
    const auto session = context().session();
    if (targets.size() < 2 || !edit.reason.empty() || !session) {
        return 0; // what is shown was asked about; a reason holds for all
    }
    const model::Policy policy = policyNow();
    int open = 0;
    std::erase_if(targets, [&](base::FindingId id) {
        const auto finding = session->finding(id);
        const bool lacks = finding && *finding && decide::lacksReason(**finding, edit, policy);
        open += lacks && (*finding)->state == DecisionState::Open ? 1 : 0;
        return lacks;
    });
    return open;
}

int WorkScreen::takeOutHiding(std::vector<base::FindingId>& targets, const decide::Decide& edit) const {
    const auto session = context().session();
    const bool hides = edit.state == DecisionState::Accepted ||
                       (edit.state == DecisionState::Changed && edit.action == Action::Mask);
    if (targets.size() < 2 || !hides || !session) {
        return 0; // what is shown was chosen
    }
    return static_cast<int>(std::erase_if(targets, [&](base::FindingId id) {
        const auto finding = session->finding(id);
        return id != m_detail->finding().id && finding && *finding && hidesMost(**finding);
    }));
}

void WorkScreen::goOn(const std::vector<base::FindingId>& decided) {
    const base::FindingId next = m_findings->nextOpen(decided);
    if (next.valid()) {
        m_page->focusViewer();
        select(next);
        m_wanted = next;
        return;
    }
    m_leaveNext = true;
    // Everything here is decided. The next asset opens with J, so that nobody loses the place by accident.
    context().say(tr("Nothing is open in this asset any more. J goes on with the next one."));
}

void WorkScreen::decideColumn(const std::vector<base::FindingId>& findings, Action action,
                              const std::string& method) {
    const model::Finding* first = nullptr;
    bool needs = false;
    bool suggested = true;
    for (const base::FindingId id : findings) {
        if (const models::FindingRow* row = m_findings->model().find(id)) {
            first = first == nullptr ? &row->finding : first;
            suggested = suggested && row->finding.suggested == action;
            needs = needs || decide::needsReason(row->finding, DecisionState::Changed, action);
        }
    }
    if (first == nullptr) {
        return;
    }
    if (needs && m_detail->reason().isEmpty()) {
        select(first->id);
        m_detail->askReason(DecisionState::Rejected);
        return;
    }
    decide::Decide edit;
    edit.findings = findings;
    edit.state = suggested ? DecisionState::Accepted : DecisionState::Changed;
    edit.action = action;
    edit.method = method;
    edit.reason = needs ? m_detail->reason().toStdString() : std::string();
    static_cast<void>(context().push(edit, tr("Decide on a column")));
}

void WorkScreen::add(const Marked& marked) {
    if (!context().session() || !context().session()->writable()) {
        return;
    }
    if (marked.draft.locator.kind == model::Locator::Kind::Column) {
        // The menu of the column asked for the category already.
        model::Finding finding = marked.draft;
        finding.detector = "person";
        finding.origin = model::Origin::Person;
        const bool must = finding.category == model::Category::Identifier ||
                          finding.category == model::Category::Code2 ||
                          finding.category == model::Category::Financial;
        finding.requirement = must ? model::Requirement::Required : model::Requirement::Recommended;
        finding.suggested = Action::Delete;
        finding.action = Action::Delete;
        finding.state = DecisionState::Accepted;
        push({finding});
        return;
    }
    auto* popup = new AddPopup(marked, this);
    connect(popup, &AddPopup::chosen, this, &WorkScreen::push);
    popup->openHere();
}

void WorkScreen::push(const std::vector<model::Finding>& findings) {
    decide::Add edit;
    edit.findings = findings;
    static_cast<void>(
        context().push(edit, tr("Add %n finding(s)", nullptr, static_cast<int>(findings.size()))));
    m_page->focusViewer();
}

void WorkScreen::removeCurrent() {
    if (m_detail->hasFinding() && decide::removable(m_detail->finding())) {
        const base::FindingId id = m_detail->finding().id;
        m_wanted = m_findings->nextOpen({id});
        static_cast<void>(context().push(decide::Remove{{id}}, tr("Remove a finding")));
    }
}

void WorkScreen::exclude(bool excluded) {
    const base::AssetId asset = m_asset.asset.id;
    if (!excluded) {
        static_cast<void>(
            context().push(decide::Exclude{asset, false, {}}, tr("Take back into the release")));
        return;
    }
    auto* dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("excludeDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Exclude from the release"));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* words =
        style::label("", tr("The asset stays in the workspace and is named in the report with this reason. "
                            "Its files are not released."));
    words->setWordWrap(true);
    words->setMinimumWidth(380);
    auto* name = style::label("small", tr("Reason"));
    auto* reason = new QLineEdit;
    reason->setObjectName(QStringLiteral("excludeReason"));
    name->setBuddy(reason);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QPushButton* ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(tr("Exclude"));
    style::setProperty(ok, "kind", "primary");
    ok->setEnabled(false);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    column->addWidget(words);
    column->addWidget(name);
    column->addWidget(reason);
    column->addWidget(buttons);
    connect(reason, &QLineEdit::textChanged, ok,
            [ok](const QString& text) { ok->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(dialog, &QDialog::accepted, this, [this, asset, reason] {
        static_cast<void>(context().push(decide::Exclude{asset, true, reason->text().trimmed().toStdString()},
                                         tr("Exclude from the release")));
    });
    dialog->open();
}

} // namespace kamei::ui::screens::work
