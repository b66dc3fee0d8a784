#include "ui/screens/face/FacePanel.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QToolTip>
#include <QVBoxLayout>

#include "core/guideline/RuleTable.h"
#include "ui/screens/face/RemovalBox.h"
#include "ui/style/Badges.h"
#include "ui/style/KeyButton.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/FaceWords.h"
#include "ui/text/RiskWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::face {
namespace {

constexpr double kFaceScore = 0.5; ///< from which the detector says that it is one

QLabel* wrapped(const char* role, const char* name = nullptr) {
    auto* label = style::label(role);
    label->setWordWrap(true);
    if (name != nullptr) {
        label->setObjectName(QLatin1String(name));
    }
    return label;
}

void clear(QWidget* host) {
    delete host->layout();
    qDeleteAll(host->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

} // namespace

FacePanel::FacePanel(QWidget* parent)
    : QWidget(parent), m_category(new style::Badge), m_title(style::label("heading")),
      m_pill(new style::Badge), m_standing(style::label("small")), m_rule(wrapped("small", "face.rule")),
      m_evidenceHead(style::label("section")), m_evidence(new QWidget),
      m_decisionHead(style::label("section")), m_choices(new QButtonGroup(this)), m_keep(new QRadioButton),
      m_keepNote(wrapped("note")), m_remove(new QRadioButton), m_removeNote(wrapped("note")),
      m_exclude(new QRadioButton), m_removal(new RemovalBox), m_reasonLabel(style::label("small")),
      m_reason(new QPlainTextEdit), m_reviewer(style::label("small")), m_scopeHead(style::label("section")),
      m_scopes(new QButtonGroup(this)), m_frame(new QRadioButton), m_subject(new QRadioButton),
      m_frameCount(style::label("small")), m_subjectCount(style::label("small")),
      m_wait(wrapped("smallwarn", "face.wait")), m_decide(new style::KeyButton("final", QStringLiteral("A"))),
      m_later(style::button("large")) {
    setObjectName(QStringLiteral("facePanel"));
    setMinimumWidth(320);
    style::setProperty(this, "surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    auto* headFrame = style::panelHead(m_title, &head, this);
    head->insertWidget(0, m_category);
    head->addStretch(1);
    m_pill->setObjectName(QStringLiteral("face.pill"));
    m_standing->setObjectName(QStringLiteral("face.standing"));
    head->addWidget(m_pill);
    head->addWidget(m_standing);
    column->addWidget(headFrame);
    m_category->showCategory(model::Category::QuasiIdentifier);
    m_pill->showPill(model::Requirement::Conditional);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(buildBody());
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(scroll, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 6, 12, 10);
    foot->setSpacing(6);
    foot->addWidget(m_wait);
    auto* buttons = new QHBoxLayout;
    m_decide->setObjectName(QStringLiteral("face.decide"));
    m_later->setObjectName(QStringLiteral("face.later"));
    buttons->addWidget(m_decide, 1);
    buttons->addWidget(m_later);
    foot->addLayout(buttons);
    column->addLayout(foot);

    connect(m_choices, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on) {
            m_removal->setVisible(choice() == Choice::Remove);
            showButtons();
            emit choiceChanged(choice());
        }
    });
    connect(m_reason, &QPlainTextEdit::textChanged, this, &FacePanel::showButtons);
    connect(m_decide, &QPushButton::clicked, this, &FacePanel::decided);
    connect(m_later, &QPushButton::clicked, this, &FacePanel::laterWanted);
    connect(m_rule, &QLabel::linkActivated, this, &FacePanel::showRule);
    retranslate();
}

QWidget* FacePanel::addChoice(QRadioButton* button, QLabel* under, const QString& key) {
    auto* host = new QWidget;
    auto* column = new QVBoxLayout(host);
    column->setContentsMargins(12, 2, 12, 2);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(button);
    if (!key.isEmpty()) {
        row->addWidget(new style::KeyCap(key));
    }
    row->addStretch(1);
    column->addLayout(row);
    if (under != nullptr) {
        under->setContentsMargins(22, 0, 0, 0);
        column->addWidget(under);
    }
    return host;
}

QWidget* FacePanel::buildBody() {
    auto* body = new QWidget;
    body->setProperty("surface", QStringLiteral("panel"));
    body->setAttribute(Qt::WA_StyledBackground);
    auto* inner = new QVBoxLayout(body);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    auto* rule = new QVBoxLayout;
    rule->setContentsMargins(12, 6, 12, 6);
    rule->setSpacing(2);
    m_rule->setTextFormat(Qt::RichText);
    m_rule->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    rule->addWidget(m_rule);
    inner->addLayout(rule);
    inner->addWidget(style::sectionHead(m_evidenceHead, nullptr, body));
    m_evidence->setObjectName(QStringLiteral("face.evidence"));
    inner->addWidget(m_evidence);
    inner->addWidget(style::sectionHead(m_decisionHead, nullptr, body));

    m_keep->setObjectName(QStringLiteral("face.keep"));
    m_remove->setObjectName(QStringLiteral("face.remove"));
    m_exclude->setObjectName(QStringLiteral("face.exclude"));
    m_choices->addButton(m_keep, static_cast<int>(Choice::Keep));
    m_choices->addButton(m_remove, static_cast<int>(Choice::Remove));
    m_choices->addButton(m_exclude, static_cast<int>(Choice::Exclude));
    auto* choices = new QVBoxLayout;
    choices->setContentsMargins(0, 4, 0, 2);
    choices->setSpacing(2);
    choices->addWidget(addChoice(m_keep, m_keepNote, QStringLiteral("H")));
    choices->addWidget(addChoice(m_remove, m_removeNote, QStringLiteral("D")));
    auto* box = new QHBoxLayout;
    box->setContentsMargins(34, 0, 12, 2);
    box->addWidget(m_removal);
    choices->addLayout(box);
    choices->addWidget(addChoice(m_exclude, nullptr, {}));
    inner->addLayout(choices);

    auto* reason = new QVBoxLayout;
    reason->setContentsMargins(12, 2, 12, 6);
    reason->setSpacing(4);
    m_reason->setObjectName(QStringLiteral("face.reason"));
    m_reason->setFixedHeight(style::Theme::instance().px(50));
    m_reason->setTabChangesFocus(true);
    m_reasonLabel->setBuddy(m_reason);
    reason->addWidget(m_reasonLabel);
    reason->addWidget(m_reason);
    auto* who = new QHBoxLayout;
    who->setSpacing(6);
    who->addWidget(style::iconLabel(QStringLiteral("user"), "text2"));
    m_reviewer->setWordWrap(true);
    who->addWidget(m_reviewer, 1);
    reason->addLayout(who);
    inner->addLayout(reason);

    inner->addWidget(style::sectionHead(m_scopeHead, nullptr, body));
    m_frame->setObjectName(QStringLiteral("face.scopeFrame"));
    m_subject->setObjectName(QStringLiteral("face.scopeSubject"));
    m_scopes->addButton(m_frame, 0);
    m_scopes->addButton(m_subject, 1);
    auto* scopes = new QVBoxLayout;
    scopes->setContentsMargins(12, 4, 12, 6);
    scopes->setSpacing(2);
    for (const auto& [button, count] : {std::pair{m_frame, m_frameCount}, {m_subject, m_subjectCount}}) {
        auto* row = new QHBoxLayout;
        row->addWidget(button);
        row->addStretch(1);
        row->addWidget(count);
        scopes->addLayout(row);
    }
    inner->addLayout(scopes);
    inner->addStretch(1);
    return body;
}

void FacePanel::show(const std::optional<FaceRow>& row, const FaceContext& context) {
    const bool other =
        !row || !m_row || m_row->row.finding.id != row->row.finding.id || m_row->standing != row->standing;
    m_row = row;
    m_context = context;
    if (other) {
        const model::Finding finding = row ? row->row.finding : model::Finding{};
        m_reason->setPlainText(text::fromUtf8(finding.reason));
        m_frame->setChecked(true);
        const bool remove = finding.state == model::DecisionState::Open
                                ? finding.suggested == model::Action::Deface || context.singledOut
                                : finding.effective() == model::Action::Deface;
        const QSignalBlocker quiet(m_choices);
        (row && row->standing == Standing::Excluded ? m_exclude
         : remove                                   ? m_remove
                                                    : m_keep)
            ->setChecked(true);
    }
    fill();
}

void FacePanel::choose(Choice choice) {
    m_choices->button(static_cast<int>(choice))->setChecked(true);
}

Choice FacePanel::choice() const {
    return static_cast<Choice>(std::max(0, m_choices->checkedId()));
}

QString FacePanel::reason() const {
    return m_reason->toPlainText().trimmed();
}

bool FacePanel::wholeSubject() const {
    return m_scopes->checkedId() == 1;
}

QString FacePanel::obstacle() const {
    if (!m_row || !m_context.writable) {
        return {};
    }
    if (m_context.reviewer.isEmpty()) {
        return tr("Enter your name under Settings first: it is recorded with the judgement.");
    }
    if (reason().isEmpty() && choice() != Choice::Remove) {
        return choice() == Choice::Keep
                   ? tr("Write why the face may stay and with which other descriptions it goes.")
                   : tr("Write why the images are taken out.");
    }
    return {};
}

void FacePanel::askReason() {
    m_reason->setFocus(Qt::ShortcutFocusReason);
}

void FacePanel::addEvidence(int sign, const QString& words, const QString& under, bool toRisk) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* badge = new style::Badge(m_evidence);
    badge->showSign(static_cast<style::Sign>(sign));
    row->addWidget(badge, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    auto* first = wrapped("smalltext");
    first->setText(words);
    column->addWidget(first);
    if (!under.isEmpty()) {
        auto* second = wrapped("note");
        second->setText(toRisk ? under.toHtmlEscaped() +
                                     QStringLiteral(" <a style=\"color:%1\" href=\"risk\">%2</a>")
                                         .arg(style::tokens().accent.name(), tr("See in Risk"))
                               : under);
        if (toRisk) {
            second->setObjectName(QStringLiteral("face.toRisk"));
            second->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
            connect(second, &QLabel::linkActivated, this, &FacePanel::riskWanted);
        }
        column->addWidget(second);
    }
    row->addLayout(column, 1);
    static_cast<QVBoxLayout*>(m_evidence->layout())->addLayout(row);
}

void FacePanel::fillEvidence() {
    using style::Sign;
    clear(m_evidence);
    auto* lines = new QVBoxLayout(m_evidence);
    lines->setContentsMargins(12, 6, 12, 6);
    lines->setSpacing(6);
    if (!m_row) {
        return;
    }
    const auto sign = [](Sign value) { return static_cast<int>(value); };
    const auto score = [](double value) { return QString::number(value, 'f', 2); };
    const job::FaceRow& row = m_row->row;
    if (m_row->views > 0) {
        addEvidence(
            sign(row.score >= kFaceScore ? Sign::OpenRequired : Sign::Open),
            row.check
                ? tr("Face detector: before %1, after %2").arg(score(row.score), score(row.check->score))
                : tr("Face detector: %1").arg(score(row.score)),
            tr("Highest of %n views; a face from %1 on.", nullptr, m_row->views).arg(score(kFaceScore)));
    } else {
        addEvidence(sign(Sign::Open), tr("The face detector looked at no view."), {});
    }
    QStringList parts;
    for (const QString& part : m_row->seen) {
        parts << text::facePartName(part);
    }
    if (m_context.sliceMm > 0 || !parts.isEmpty()) {
        addEvidence(sign(Sign::Open),
                    m_context.sliceMm > 0
                        ? tr("Fineness of the surface: slices of %1 mm").arg(m_context.sliceMm, 0, 'g', 3)
                        : tr("Parts of the face"),
                    parts.isEmpty() ? QString() : tr("Imaged: %1").arg(parts.join(tr(", "))));
    }
    for (const QString& note : m_row->notes) {
        addEvidence(sign(Sign::SentBack), text::volumeNoteName(note), {});
    }
    if (m_context.singledOut) {
        QStringList combination;
        for (const risk::FieldValue& value : m_context.combination) {
            combination << QStringLiteral("%1 %2").arg(text::fieldName(value.field), text::valueName(value));
        }
        addEvidence(sign(Sign::OpenRequired), tr("Singled out by other descriptions"),
                    combination.join(QStringLiteral(" × ")), true);
    } else {
        addEvidence(sign(Sign::Accepted), tr("Not singled out by other descriptions"),
                    tr("By the combinations that remain after processing (5.6)."), true);
    }
    if (!m_context.purpose.isEmpty()) {
        addEvidence(sign(Sign::Open), tr("Purpose: %1").arg(m_context.purpose),
                    tr("Does it need the soft tissue of the face?"));
    }
    if (row.check) {
        const job::FaceCheck& check = *row.check;
        addEvidence(
            sign(check.blocks() ? Sign::Blocked : Sign::Accepted),
            check.verdict == "none" ? tr("Checked after processing: no face is seen")
            : check.verdict == "face"
                ? tr("Checked after processing: a face is still seen in %n views", nullptr, check.found)
                : tr("Checked after processing: it could not be judged well"),
            tr("Surface moved by %1 mm on average, %2 mm at most; %3 voxels changed behind the margin.")
                .arg(check.meanMm, 0, 'f', 1)
                .arg(check.mostMm, 0, 'f', 1)
                .arg(text::number(check.protectedChanged)));
        if (!check.overruledBy.empty()) {
            addEvidence(sign(Sign::SentBack), tr("Overruled by %1").arg(text::fromUtf8(check.overruledBy)),
                        text::fromUtf8(check.overruleReason));
        }
    }
}

void FacePanel::fill() {
    fillEvidence();
    const bool has = m_row.has_value();
    // "To be judged" is said of what is not judged yet; afterwards what was judged.
    const bool judged = has && !isOpen(m_row->standing);
    m_pill->setVisible(!judged);
    m_standing->setVisible(judged);
    m_standing->setText(judged ? standingName(m_row->standing) : QString());
    const bool suggested =
        has && (m_row->row.finding.suggested == model::Action::Deface || m_context.singledOut);
    m_removeNote->setText(!suggested             ? tr("The voxels of the face are destroyed.")
                          : m_context.singledOut ? tr("Proposed: other descriptions single the person out.")
                                                 : tr("Proposed by the policy."));
    m_reviewer->setText(m_context.reviewer.isEmpty()
                            ? tr("Enter your name under Settings first: it is recorded with the judgement.")
                        : has && m_row->row.finding.decidedAt > 0
                            ? tr("Judged by %1, %2")
                                  .arg(text::fromUtf8(m_row->row.finding.decidedBy),
                                       text::dateTime(m_row->row.finding.decidedAt))
                            : tr("Judged by %1").arg(m_context.reviewer));
    m_frameCount->setText(text::number(m_context.inFrame));
    m_subjectCount->setText(text::number(m_context.inSubject));
    m_subject->setEnabled(m_context.inSubject > m_context.inFrame);
    m_removal->setVisible(choice() == Choice::Remove);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_keep, m_remove, m_exclude, m_reason, m_removal,
                                                           m_frame, m_later}) {
        widget->setEnabled(has);
    }
    showButtons();
}

void FacePanel::showButtons() {
    const QString wait = obstacle();
    m_wait->setText(wait);
    m_wait->setVisible(!wait.isEmpty());
    m_decide->setEnabled(m_row.has_value() && m_context.writable && wait.isEmpty());
    m_decide->setText(choice() == Choice::Keep     ? tr("Confirm: keep")
                      : choice() == Choice::Remove ? tr("Confirm: remove")
                                                   : tr("Confirm: take out"));
}

void FacePanel::showRule() {
    if (m_context.rule == nullptr) {
        return;
    }
    const guideline::Rule& rule = *m_context.rule;
    const QString words = tr("Guideline %1: %2. Requirement: %3. Asked for: %4")
                              .arg(text::fromUtf8(rule.section), text::ruleName(rule),
                                   text::requirementName(rule.requirement), text::fromUtf8(rule.actionText));
    QToolTip::showText(m_rule->mapToGlobal(QPoint(0, m_rule->height())),
                       QStringLiteral("<p>%1</p>").arg(words.toHtmlEscaped()), m_rule);
}

void FacePanel::retranslate() {
    m_title->setText(tr("Judgement of the face"));
    m_rule->setText(
        tr("<b>Guideline 5.4.4</b>  A surface that does not identify a person by itself is a "
           "quasi-identifier; no special processing such as removal is needed unless it identifies "
           "one together with other descriptions.") +
        QStringLiteral(" <a style=\"color:%1\" href=\"rule\">%2</a>")
            .arg(style::tokens().accent.name(), tr("The rule")));
    m_evidenceHead->setText(tr("Evidence"));
    m_decisionHead->setText(tr("Judgement"));
    m_keep->setText(tr("Keep as a quasi-identifier"));
    m_keepNote->setText(tr("A reason is needed."));
    m_remove->setText(tr("Remove the face"));
    m_exclude->setText(tr("Take the images out of the release"));
    m_reasonLabel->setText(tr("Reason"));
    m_reason->setAccessibleName(m_reasonLabel->text());
    m_reason->setPlaceholderText(
        tr("Example: month of birth and sex remain; 12 people share them. The study needs the soft tissue."));
    m_scopeHead->setText(tr("Holds for"));
    m_frame->setText(tr("This series and those of its frame of reference"));
    m_subject->setText(tr("All heads of this subject"));
    m_later->setText(tr("Later"));
    fill();
}

void FacePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::face
