#include "ui/screens/confirm/ConfirmPanel.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <span>

#include "core/decide/Rules.h"
#include "ui/style/Badges.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::confirm {
namespace {

QString shortHash(const QString& hex) {
    return hex.left(4) + QLatin1Char(' ') + hex.mid(4, 4) + QStringLiteral(" … ") + hex.mid(56, 4) +
           QLatin1Char(' ') + hex.right(4);
}

void clear(QWidget* host) {
    delete host->layout();
    qDeleteAll(host->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

style::Badge* sign(style::Sign value, QWidget* parent) {
    auto* badge = new style::Badge(parent);
    badge->showSign(value);
    return badge;
}

} // namespace

ConfirmPanel::ConfirmPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("confirmPanel"));
    setMinimumWidth(320);
    style::setProperty(this, "surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    QHBoxLayout* head = nullptr;
    m_title = style::label("heading");
    m_default = style::label("small");
    column->addWidget(style::panelHead(m_title, &head, this));
    head->addStretch(1);
    head->addWidget(m_default);

    auto* facts = new QGridLayout;
    facts->setContentsMargins(12, 8, 12, 8);
    facts->setHorizontalSpacing(12);
    m_hash = style::label("mono");
    m_hash->setObjectName(QStringLiteral("confirmHash"));
    m_hash->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_staged = style::label("small");
    m_size = style::label("small");
    facts->addWidget(style::label("small", QStringLiteral("SHA-256")), 0, 0);
    facts->addWidget(m_hash, 0, 1);
    facts->addWidget(m_staged, 1, 1);
    facts->addWidget(m_size, 2, 1);
    facts->setColumnStretch(1, 1);
    column->addLayout(facts);

    // On a low screen the facts scroll; what is decided on below them stays in reach.
    auto* body = new QWidget;
    body->setProperty("surface", QStringLiteral("panel"));
    body->setAttribute(Qt::WA_StyledBackground);
    auto* inner = new QVBoxLayout(body);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    QHBoxLayout* processingRow = nullptr;
    m_processingHead = style::label("section");
    inner->addWidget(style::sectionHead(m_processingHead, &processingRow, body));
    processingRow->addStretch(1);
    m_decide = style::button("link");
    m_decide->setObjectName(QStringLiteral("backToDecisions"));
    processingRow->addWidget(m_decide);
    m_processing = new QWidget(body);
    inner->addWidget(m_processing);
    m_checksHead = style::label("section");
    inner->addWidget(style::sectionHead(m_checksHead, nullptr, body));
    m_checks = new QWidget(body);
    inner->addWidget(m_checks);
    m_reviewerHead = style::label("section");
    inner->addWidget(style::sectionHead(m_reviewerHead, nullptr, body));
    m_reviewer = style::label("");
    m_reviewer->setContentsMargins(12, 6, 12, 6);
    m_reviewer->setWordWrap(true);
    inner->addWidget(m_reviewer);
    m_noteHead = style::label("section");
    inner->addWidget(style::sectionHead(m_noteHead, nullptr, body));
    m_note = new QPlainTextEdit(body);
    m_note->setObjectName(QStringLiteral("sendBackNote"));
    m_note->setFixedHeight(60);
    m_note->setTabChangesFocus(true);
    m_noteHead->setBuddy(m_note);
    auto* noteRow = new QHBoxLayout;
    noteRow->setContentsMargins(12, 8, 12, 8);
    noteRow->addWidget(m_note);
    inner->addLayout(noteRow);
    inner->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(scroll, 1);

    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(12, 8, 12, 12);
    buttons->setSpacing(8);
    m_wait = style::label("warn");
    m_wait->setObjectName(QStringLiteral("outstanding"));
    m_wait->setWordWrap(true);
    m_confirm = style::button("primary", {}, {}, this);
    m_confirm->setObjectName(QStringLiteral("confirmButton"));
    m_confirm->setMinimumHeight(36);
    m_sendBack = style::button("", {}, QStringLiteral("return"), this);
    m_sendBack->setObjectName(QStringLiteral("sendBackButton"));
    m_sendBack->setMinimumHeight(36);
    buttons->addWidget(m_wait);
    buttons->addWidget(m_confirm);
    buttons->addWidget(m_sendBack);
    column->addLayout(buttons);

    connect(m_confirm, &QPushButton::clicked, this, &ConfirmPanel::confirmed);
    connect(m_sendBack, &QPushButton::clicked, this, &ConfirmPanel::sentBack);
    connect(m_decide, &QPushButton::clicked, this, &ConfirmPanel::decideWanted);
    retranslate();
}

void ConfirmPanel::retranslate() {
    m_title->setText(tr("What is confirmed"));
    m_default->setText(tr("unconfirmed by default"));
    m_processingHead->setText(tr("What was done"));
    m_decide->setText(tr("Back to the decisions"));
    m_checksHead->setText(tr("Checked by machine"));
    m_reviewerHead->setText(tr("Reviewer"));
    m_noteHead->setText(tr("Note for sending back"));
    m_note->setPlaceholderText(tr("Example: part of a name remains at the lower right of picture 7"));
    m_note->setAccessibleName(m_noteHead->text());
    m_confirm->setText(tr("I have looked at this and confirm it  (Enter)"));
    m_sendBack->setText(tr("Send back…  (Backspace)"));
    fill();
}

void ConfirmPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void ConfirmPanel::show(const std::optional<ConfirmFacts>& facts) {
    const bool other = !m_facts || !facts || m_facts->row.asset.id != facts->row.asset.id;
    m_facts = facts;
    if (other) {
        m_note->clear();
    }
    fill();
}

void ConfirmPanel::setOutstanding(const QString& sentence) {
    m_outstanding = sentence;
    showState();
}

QString ConfirmPanel::note() const {
    return m_note->toPlainText().trimmed();
}

/// Confirmed, but not as the policy asks, and whoever looks now can mend that: the same person twice is one.
bool ConfirmPanel::wantedOfReviewer() const {
    return !m_facts->standing.complete() &&
           !m_facts->standing.people.contains(m_facts->reviewer.toStdString());
}

bool ConfirmPanel::mayConfirm() const {
    return m_facts && !m_facts->row.stale && m_outstanding.isEmpty() && !m_facts->reviewer.isEmpty() &&
           (!m_facts->row.confirmed || wantedOfReviewer()) &&
           (!m_facts->defaced || (m_facts->face && !m_facts->face->blocks()));
}

void ConfirmPanel::addLine(QVBoxLayout* to, QWidget* mark, const QString& text, const QString& value) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(mark);
    // Names of categories and actions can be longer than the panel is wide.
    auto* words = new style::ElidedLabel("small");
    words->setText(text);
    row->addWidget(words, 1);
    row->addWidget(style::label("small", value));
    to->addLayout(row);
}

void ConfirmPanel::addWords(QVBoxLayout* to, model::Category category, const char* name,
                            const QString& sentence) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* badge = new style::Badge;
    badge->showCategory(category);
    row->addWidget(badge, 0, Qt::AlignTop);
    auto* words = style::label("small");
    words->setObjectName(QLatin1String(name));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setText(sentence);
    row->addWidget(words, 1);
    to->addLayout(row);
}

void ConfirmPanel::addProcessing() {
    clear(m_processing);
    auto* lines = new QVBoxLayout(m_processing);
    lines->setContentsMargins(12, 6, 12, 6);
    lines->setSpacing(4);
    int open = 0;
    std::map<std::pair<model::Category, model::Action>, std::int64_t> counts;
    std::map<model::Category, QStringList> staying; // labels of what was found and left, one a place
    if (m_facts) {
        for (const model::Finding& finding : m_facts->findings) {
            // What nobody decided on yet was processed as suggested.
            const bool isOpen = finding.state == model::DecisionState::Open;
            const model::Action action = isOpen ? finding.suggested : finding.effective();
            open += isOpen ? 1 : 0;
            if (action != model::Action::Keep) {
                ++counts[{finding.category, action}];
            } else {
                staying[finding.category] << text::labelName(finding.label);
            }
        }
    }
    if (open > 0) {
        addLine(lines, sign(style::Sign::Open, m_processing), tr("Not decided yet, processed as suggested"),
                tr("%n place(s)", nullptr, open));
    }
    for (const auto& [key, count] : counts) {
        auto* badge = new style::Badge(m_processing);
        badge->showCategory(key.first);
        addLine(lines, badge, tr("%1: %2").arg(text::categoryName(key.first), text::actionName(key.second)),
                tr("%n place(s)", nullptr, static_cast<int>(count)));
    }
    if (counts.empty()) {
        lines->addWidget(style::label("muted", tr("Nothing was changed.")));
    }
    for (auto& [category, labels] : staying) {
        const auto places = static_cast<int>(labels.size());
        labels.removeDuplicates();
        addWords(lines, category, "stays",
                 tr("%1, stays as it is (%n place(s)): %2", nullptr, places)
                     .arg(text::categoryName(category), labels.join(tr(", "))));
    }
}

void ConfirmPanel::addChecks() {
    clear(m_checks);
    auto* lines = new QVBoxLayout(m_checks);
    lines->setContentsMargins(12, 6, 12, 6);
    lines->setSpacing(4);
    if (!m_facts) {
        return;
    }
    qsizetype residuals = 0;
    for (const model::StagedFile& file : m_facts->files) {
        residuals += static_cast<qsizetype>(file.residuals.size());
    }
    if (m_facts->files.empty()) {
        addLine(lines, sign(style::Sign::Open, m_checks), tr("Residual search for known identifiers"),
                tr("not staged yet"));
        return;
    }
    addLine(lines, sign(residuals == 0 ? style::Sign::Accepted : style::Sign::Blocked, m_checks),
            tr("Residual search for known identifiers"),
            tr("%n found", nullptr, static_cast<int>(residuals)));
    addLeftIn(lines);
    addLine(lines, sign(m_facts->row.stale ? style::Sign::Blocked : style::Sign::Accepted, m_checks),
            tr("Reflects the present decisions"), m_facts->row.stale ? tr("no, stage again") : tr("yes"));
    const auto noted = [this](const std::string& word) {
        return std::ranges::any_of(m_facts->files, [&](const model::StagedFile& file) {
            return (' ' + file.notes + ' ').find(' ' + word + ' ') != std::string::npos;
        });
    };
    if (noted("video-anew")) {
        addLine(lines, sign(style::Sign::Open, m_checks), tr("All pictures of the video were coded anew"),
                tr("pieces of it did not hold: look through all of it"));
    }
    if (noted("sound-anew")) {
        addLine(lines, sign(style::Sign::Open, m_checks), tr("The sound was coded anew, silent in ranges"),
                tr("the rest of it can be heard"));
    }
    if (m_facts->defaced) {
        addFaceCheck(lines);
    }
}

/// Everything that stays by somebody's decision: whoever confirms answers for it too.
void ConfirmPanel::addLeftIn(QVBoxLayout* lines) {
    std::vector<const model::Finding*> left;
    for (const model::Finding& finding : m_facts->findings) {
        const bool stays =
            finding.state != model::DecisionState::Open && finding.effective() == model::Action::Keep;
        if (decide::leftInWithReason(finding) ||
            (stays && finding.requirement == model::Requirement::Required)) {
            left.push_back(&finding);
        }
    }
    if (left.empty()) {
        return;
    }
    addLine(lines, sign(style::Sign::Changed, m_checks), tr("Left in with a reason"),
            tr("%n place(s)", nullptr, static_cast<int>(left.size())));
    constexpr std::size_t kMostShown = 20;
    for (const model::Finding* finding : std::span(left).first(std::min(left.size(), kMostShown))) {
        addWords(lines, finding->category, "leftIn",
                 tr("%1, %2: %3")
                     .arg(text::categoryName(finding->category), text::labelName(finding->label),
                          text::fromUtf8(finding->reason)));
    }
    if (left.size() > kMostShown) {
        lines->addWidget(style::label("muted", tr("and %n more, see the decisions", nullptr,
                                                  static_cast<int>(left.size() - kMostShown))));
    }
}

void ConfirmPanel::addFaceCheck(QVBoxLayout* lines) {
    const auto& face = m_facts->face;
    if (!face) {
        addLine(lines, sign(style::Sign::Blocked, m_checks), tr("Face removed: not checked yet"), {});
        return;
    }
    const bool broken = face->protectedChanged > 0 || face->outsideChanged > 0 || face->left > 0;
    addLine(lines, sign(face->verdict == "none" ? style::Sign::Accepted : style::Sign::Blocked, m_checks),
            face->verdict == "none"   ? tr("No face is seen any more")
            : face->verdict == "face" ? tr("A face is still seen")
                                      : tr("Whether a face is left could not be judged"),
            tr("%1 of %2 views").arg(face->found).arg(face->views));
    addLine(lines, sign(style::Sign::Accepted, m_checks), tr("Surface moved, mean and most"),
            QStringLiteral("%1・%2 mm").arg(face->meanMm, 0, 'f', 1).arg(face->mostMm, 0, 'f', 1));
    const std::int64_t touched = std::max(face->protectedChanged, face->outsideChanged);
    addLine(lines, sign(touched > 0 ? style::Sign::Blocked : style::Sign::Accepted, m_checks),
            tr("Voxels changed that must stay"), text::number(touched));
    if (face->left > 0) {
        addLine(lines, sign(style::Sign::Blocked, m_checks), tr("Voxels of the region that are still there"),
                text::number(face->left));
    }
    if (!face->overruledBy.empty()) {
        auto* said = style::label(
            "small", tr("Overruled by %1: %2")
                         .arg(text::fromUtf8(face->overruledBy), text::fromUtf8(face->overruleReason)));
        said->setWordWrap(true);
        lines->addWidget(said);
    } else if (face->blocks() && !broken) {
        auto* why =
            style::label("smallwarn", tr("It can be confirmed only when you overrule the check with a "
                                         "reason, or go back and remove more."));
        why->setWordWrap(true);
        lines->addWidget(why);
        auto* row = new QHBoxLayout;
        auto* reason = new QLineEdit;
        reason->setObjectName(QStringLiteral("overruleReason"));
        reason->setProperty("kind", QStringLiteral("small"));
        reason->setPlaceholderText(tr("Reason"));
        reason->setAccessibleName(tr("Reason for overruling the check of the face"));
        auto* button = style::button("small", tr("Overrule"));
        button->setObjectName(QStringLiteral("overruleButton"));
        button->setEnabled(false);
        connect(reason, &QLineEdit::textChanged, button, [this, button](const QString& words) {
            button->setEnabled(!words.trimmed().isEmpty() && m_facts && !m_facts->reviewer.isEmpty());
        });
        // Queued: being overruled fills these lines anew, the button among them.
        connect(
            button, &QPushButton::clicked, this, [this, reason] { emit overruled(reason->text().trimmed()); },
            Qt::QueuedConnection);
        row->addWidget(reason, 1);
        row->addWidget(button);
        lines->addLayout(row);
    }
}

void ConfirmPanel::fill() {
    addProcessing();
    addChecks();
    const bool has = m_facts.has_value();
    const QString hex = has ? QString::fromStdString(m_facts->digest.hex()) : QString();
    m_hash->setText(has && !m_facts->files.empty() ? shortHash(hex) : QStringLiteral("—"));
    m_hash->setToolTip(hex);
    m_hash->setAccessibleName(QStringLiteral("SHA-256 ") + hex);
    std::uint64_t bytes = 0;
    base::TimeMs newest = 0;
    if (has) {
        for (const model::StagedFile& file : m_facts->files) {
            bytes += file.size;
            newest = std::max(newest, file.stagedAt);
        }
    }
    const QLocale locale;
    m_staged->setText(newest == 0 ? tr("not staged")
                                  : tr("staged %1")
                                        .arg(locale.toString(QDateTime::fromMSecsSinceEpoch(newest),
                                                             QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
    m_size->setText(has ? tr("%n file(s)", nullptr, static_cast<int>(m_facts->files.size())) +
                              QStringLiteral("・") + locale.formattedDataSize(static_cast<qint64>(bytes))
                        : QString());
    m_reviewer->setText(
        has && m_facts->reviewer.isEmpty() ? tr("Sign in first (above right): who confirms is recorded.")
        : !has                             ? QString()
        : m_facts->signature.isEmpty() ? tr("%1, without a key: recorded, not signed").arg(m_facts->reviewer)
                                       : QStringLiteral("%1\n%2").arg(m_facts->reviewer, m_facts->signature));
    showState();
}

void ConfirmPanel::showState() {
    const bool has = m_facts.has_value();
    QString wait = m_outstanding;
    if (has && m_facts->row.stale) {
        wait = tr("A decision changed after staging. Stage again, then look again.");
    } else if (has && m_facts->row.confirmed) {
        const QString lacking =
            m_facts->standing.lacksSignature ? tr("Confirmed without a signature; it has to be signed.")
            : m_facts->standing.lacksSecondPerson
                ? tr("Confirmed by one person; a second, different person has to confirm too.")
                : QString();
        wait = lacking.isEmpty()                       ? tr("Confirmed for this SHA-256.")
               : wantedOfReviewer() && !wait.isEmpty() ? lacking + QLatin1Char('\n') + wait
                                                       : lacking;
    }
    if (has && wait.isEmpty() && m_facts->defaced && (!m_facts->face || m_facts->face->blocks())) {
        wait = m_facts->face ? tr("The check after the removal of the face speaks against it, see above.")
                             : tr("The removal of the face has not been checked. Stage again.");
    }
    const auto* last = has && m_facts->confirmation ? &*m_facts->confirmation : nullptr;
    if (last != nullptr && last->verdict == model::Confirmation::Verdict::SentBack) {
        const QString note = text::fromUtf8(last->note);
        wait = tr("Sent back by %1: “%2”").arg(text::fromUtf8(last->reviewer), note) +
               (wait.isEmpty() ? QString() : QStringLiteral("\n") + wait);
    }
    m_wait->setText(wait);
    m_wait->setVisible(has && !wait.isEmpty());
    style::setProperty(m_wait, "role",
                       has && m_facts->row.confirmed && !m_facts->row.stale && m_facts->standing.complete()
                           ? QStringLiteral("ok")
                           : QStringLiteral("warn"));
    m_confirm->setEnabled(mayConfirm());
    m_sendBack->setEnabled(has && !m_facts->reviewer.isEmpty() && !m_facts->files.empty());
    m_decide->setEnabled(has);
}

} // namespace kamei::ui::screens::confirm
