#include "ui/screens/work/DetailPanel.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

#include "core/decide/Rules.h"
#include "ui/screens/work/Breakable.h"
#include "ui/screens/work/Preview.h"
#include "ui/screens/work/RulePopup.h"
#include "ui/screens/work/ScopeBox.h"
#include "ui/style/Badges.h"
#include "ui/style/KeyButton.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

/// The line style of the finding's category beside its name.
class LineSample : public QWidget {
public:
    explicit LineSample(const model::Finding& finding) : m_finding(finding) { setFixedSize(40, 12); }

protected:
    void paintEvent(QPaintEvent*) override {
        if (m_finding.id.valid()) {
            QPainter painter(this);
            style::drawCategoryLine(painter, QRectF(0, 0, 40, 8),
                                    style::Theme::instance().category(m_finding.category));
        }
    }

private:
    const model::Finding& m_finding;
};

} // namespace

DetailPanel::DetailPanel(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_category(new style::Badge),
      m_categoryName(new style::ElidedLabel("section")), m_line(new LineSample(m_finding)),
      m_pill(new style::Badge), m_body(new QWidget), m_grid(new QGridLayout),
      m_value(style::label("heading")), m_rule(style::label("smalltext")),
      m_evidence(style::label("smalltext")), m_meter(new style::Meter),
      m_confidence(style::label("smallstrong")), m_action(new QComboBox),
      m_preview(style::label("smalltext")), m_state(style::label("small")), m_scope(new ScopeBox(context)),
      m_reasonLabel(style::label("small")), m_reason(new QLineEdit), m_remove(style::button("link")),
      m_accept(new style::KeyButton("final", QStringLiteral("A"))),
      m_reject(new style::KeyButton("large", QStringLiteral("R"))),
      m_change(new style::KeyButton("large", QStringLiteral("E"))) {
    build();
    connect(m_accept, &QPushButton::clicked, this, &DetailPanel::acceptWanted);
    connect(m_reject, &QPushButton::clicked, this, &DetailPanel::rejectWanted);
    connect(m_change, &QPushButton::clicked, this, &DetailPanel::openActions);
    connect(m_remove, &QPushButton::clicked, this, &DetailPanel::removeWanted);
    connect(m_rule, &QLabel::linkActivated, this, &DetailPanel::showRule);
    connect(m_reason, &QLineEdit::returnPressed, this, [this] {
        if (m_wanted == model::DecisionState::Rejected) {
            emit rejectWanted();
        } else {
            emit acceptWanted(); // the action that is chosen in the list
        }
    });
    auto* leave = new QShortcut(Qt::Key_Escape, m_reason, nullptr, nullptr, Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        m_reason->setText(ui::text::fromUtf8(m_finding.reason));
        style::setProperty(m_reason, "invalid", false);
        m_wanted = model::DecisionState::Rejected;
        emit left();
    });
    connect(m_reason, &QLineEdit::textChanged, this,
            [this] { style::setProperty(m_reason, "invalid", false); });
    connect(m_scope, &ScopeBox::countChanged, this, &DetailPanel::showButtons);
    connect(m_action, &QComboBox::currentIndexChanged, this, [this] {
        showPreview();
        showButtons();
    });
    connect(m_action, &QComboBox::activated, this, [this] {
        if (std::exchange(m_changing, false)) {
            emit changeWanted(action());
        }
    });
    connect(&style::Theme::instance(), &style::Theme::changed, this, &DetailPanel::showPreview);
    retranslate();
    clear();
}

QLabel* DetailPanel::addRow(int row, QWidget* value) {
    auto* name = style::label("small");
    name->setMinimumWidth(style::Theme::instance().px(68));
    name->setBuddy(value);
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(value, row, 1);
    m_labels.append(name);
    return name;
}

void DetailPanel::build() {
    const auto& theme = style::Theme::instance();
    auto* head = style::surface("section");
    head->setFixedHeight(theme.px(28));
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(12, 0, 12, 0);
    headRow->setSpacing(8);
    headRow->addWidget(m_category);
    headRow->addWidget(m_categoryName);
    headRow->addWidget(m_line);
    headRow->addStretch(1);
    headRow->addWidget(m_pill);

    for (QLabel* words : {m_value, m_rule, m_evidence, m_preview, m_state}) {
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    }
    m_value->setTextFormat(Qt::RichText);
    m_rule->setTextFormat(Qt::RichText);
    m_preview->setTextFormat(Qt::RichText);
    m_value->setObjectName(QStringLiteral("findingValue"));
    m_rule->setObjectName(QStringLiteral("findingRule"));
    m_evidence->setObjectName(QStringLiteral("findingEvidence"));
    m_preview->setObjectName(QStringLiteral("findingPreview"));
    m_action->setObjectName(QStringLiteral("findingAction"));
    m_action->setProperty("kind", QStringLiteral("small"));
    // Else the longest action decides how wide the panel is.
    m_action->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_action->setMinimumContentsLength(8);
    m_action->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_reason->setObjectName(QStringLiteral("findingReason"));
    m_remove->setObjectName(QStringLiteral("findingRemove"));
    m_accept->setObjectName(QStringLiteral("acceptButton"));
    m_reject->setObjectName(QStringLiteral("rejectButton"));
    m_change->setObjectName(QStringLiteral("changeButton"));
    m_reasonLabel->setBuddy(m_reason);
    m_reasonLabel->setWordWrap(true);

    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    auto* confidence = new QWidget;
    auto* confidenceRow = new QHBoxLayout(confidence);
    confidenceRow->setContentsMargins(0, 0, 0, 0);
    confidenceRow->setSpacing(8);
    m_meter->setFixedWidth(theme.px(96));
    confidenceRow->addWidget(m_meter);
    confidenceRow->addWidget(m_confidence);
    confidenceRow->addStretch(1);
    int row = 0;
    for (QWidget* value : std::initializer_list<QWidget*>{m_value, m_rule, m_evidence, confidence, m_action,
                                                          m_preview, m_state}) {
        addRow(row++, value);
    }

    auto* inner = new QVBoxLayout(m_body);
    inner->setContentsMargins(12, 8, 12, 8);
    inner->setSpacing(8);
    inner->addLayout(m_grid);
    inner->addWidget(m_scope);
    inner->addWidget(m_reasonLabel);
    inner->addWidget(m_reason);
    inner->addWidget(m_remove, 0, Qt::AlignLeft);
    inner->addStretch(1);
    m_body->setProperty("surface", QStringLiteral("panel"));
    m_body->setAttribute(Qt::WA_StyledBackground);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);

    auto* buttons = style::surface("panel");
    auto* buttonRow = new QHBoxLayout(buttons);
    buttonRow->setContentsMargins(12, 4, 12, 8);
    buttonRow->setSpacing(8);
    buttonRow->addWidget(m_accept, 1);
    buttonRow->addWidget(m_reject);
    buttonRow->addWidget(m_change);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
}

void DetailPanel::show(const models::FindingRow& row, const model::Asset& asset, const QString& place,
                       int drawn, int proposed) {
    const bool another = row.finding.id != m_finding.id;
    m_finding = row.finding;
    m_asset = asset;
    m_place = place;
    m_drawn = drawn;
    m_proposed = proposed;
    ++m_generation;
    if (another) {
        m_wanted = model::DecisionState::Rejected;
        m_reason->setText(ui::text::fromUtf8(m_finding.reason));
        m_pseudonym.clear();
    }
    m_body->setEnabled(true);
    fill();
    m_scope->setFinding(m_finding);
    lookEvidence();
}

void DetailPanel::clear() {
    m_finding = {};
    ++m_generation;
    m_action->clear();
    m_value->clear();
    m_rule->clear();
    m_evidence->clear();
    m_preview->clear();
    m_state->clear();
    m_confidence->clear();
    m_meter->setValue(0, 0);
    m_reason->clear();
    m_scope->clear();
    m_categoryName->setText(tr("No finding selected"));
    m_category->hide();
    m_pill->hide();
    m_line->update();
    m_remove->hide();
    m_body->setEnabled(false);
    showButtons();
}

void DetailPanel::fill() {
    const guideline::RuleTable* rules = m_context.session() ? &m_context.session()->rules() : nullptr;
    m_category->showCategory(m_finding.category);
    m_category->setVisible(true);
    m_categoryName->setText(ui::text::categoryName(m_finding.category));
    m_line->update();
    m_pill->showPill(m_finding.requirement);
    m_pill->setVisible(true);
    const QString place = m_place.isEmpty()
                              ? QString()
                              : QStringLiteral("&nbsp;&nbsp;<span style=\"font-weight:400;font-size:%1px;"
                                               "color:%2\">%3</span>")
                                    .arg(style::Theme::instance().px(12))
                                    .arg(style::tokens().text3.name(), breakable(m_place).toHtmlEscaped());
    m_value->setText(valueHtml(m_finding) + place + residentsHtml(m_finding));
    m_value->setToolTip(ui::text::fromUtf8(m_finding.text).left(2000).toHtmlEscaped());
    m_rule->setText(ruleHtml(m_finding, rules));
    m_evidence->setText(breakable(evidenceText(m_finding, {}, -1)));
    // One below the whole: a full bar in green would say that something is complete.
    m_meter->setValue(std::min<qint64>(999, static_cast<qint64>(m_finding.confidence * 1000)), 1000);
    m_meter->setAccessibleName(tr("Confidence") + QStringLiteral(" ") +
                               QString::number(m_finding.confidence, 'f', 2));
    m_confidence->setText(QString::number(m_finding.confidence, 'f', 2));

    const QSignalBlocker quiet(m_action);
    m_action->clear();
    const auto nameOf = [this](model::Action action) {
        return decide::isSound(m_finding) && action == model::Action::Clean ? tr("Silence in parts")
                                                                            : ui::text::actionName(action);
    };
    for (const model::Action action : decide::possibleActions(m_finding, m_asset.kind)) {
        m_action->addItem(nameOf(action), static_cast<int>(action));
        if (action == m_finding.suggested) {
            QFont bold = m_action->font();
            bold.setBold(true);
            m_action->setItemData(m_action->count() - 1, bold, Qt::FontRole);
            m_action->setItemData(m_action->count() - 1, tr("suggested"), Qt::ToolTipRole);
            m_action->setItemData(m_action->count() - 1, tr("%1 (suggested)").arg(nameOf(action)),
                                  Qt::AccessibleTextRole);
        }
    }
    const model::Action now =
        m_finding.state == model::DecisionState::Changed ? m_finding.action : m_finding.suggested;
    m_action->setCurrentIndex(std::max(0, m_action->findData(static_cast<int>(now))));
    const bool decided = m_finding.state != model::DecisionState::Open;
    m_labels.last()->setVisible(decided);
    m_state->setVisible(decided);
    if (decided) {
        m_state->setText(tr("%1 by %2, %3")
                             .arg(ui::text::stateName(m_finding.state),
                                  breakable(ui::text::fromUtf8(m_finding.decidedBy)),
                                  ui::text::dateTime(m_finding.decidedAt)));
    }
    m_remove->setVisible(decide::removable(m_finding));
    const bool reasoned = m_finding.requirement == model::Requirement::Required;
    m_reasonLabel->setText(decide::isFaceSurface(m_finding)
                               ? tr("Reason (needed to keep the surface of a face)")
                           : reasoned ? tr("Reason (needed to reject a required finding)")
                                      : tr("Reason (optional)"));
    showPreview();
    showButtons();
}

void DetailPanel::lookEvidence() {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    struct Evidence {
        QString from;
        QString pseudonym;
        std::int64_t taken = -1;
    };
    m_context.runner().look(
        this,
        [session, finding = m_finding] {
            Evidence evidence;
            if (const auto subject = session->subject(finding.subject); subject && *subject) {
                evidence.pseudonym = ui::text::fromUtf8((*subject)->pseudonym);
            }
            evidence.from = knownFrom(*session, finding);
            evidence.taken = timesTaken(*session, finding);
            return evidence;
        },
        [this, generation = m_generation](Evidence evidence) {
            if (generation == m_generation) {
                m_pseudonym = evidence.pseudonym;
                m_evidence->setText(breakable(evidenceText(m_finding, evidence.from, evidence.taken)));
                showPreview();
            }
        });
}

void DetailPanel::showPreview() {
    if (hasFinding() && decide::asksToLook(m_finding) && m_finding.state == model::DecisionState::Open) {
        m_labels[5]->setVisible(true);
        m_preview->setVisible(true);
        m_preview->setText(
            (m_drawn > 0 ? tr("%n mask(s) are drawn. Accept when they cover everything that tells who it is.",
                              nullptr, m_drawn)
             : m_proposed > 0
                 ? tr("%n mask(s) are proposed. Accept those that are right, draw what they miss, then "
                      "accept "
                      "this; or reject with a reason.",
                      nullptr, m_proposed)
                 : tr("Look at the pictures and draw a mask over everything that tells who it is. Is there "
                      "nothing? Reject with a reason. Left open, the pictures come out black."))
                .toHtmlEscaped());
        return;
    }
    // Deleting and keeping say themselves what will stand there.
    const bool tells = hasFinding() && m_action->count() > 0 && action() != model::Action::Delete &&
                       action() != model::Action::Keep && action() != model::Action::Mask;
    m_labels[5]->setVisible(tells);
    m_preview->setVisible(tells);
    m_preview->setText(tells ? previewHtml(m_finding, action(), m_pseudonym) : QString());
}

void DetailPanel::showButtons() {
    const bool can = hasFinding() && m_context.session() && m_context.session()->writable();
    const qint64 count = m_scope->count();
    if (hasFinding() && decide::asksToLook(m_finding)) {
        m_accept->setText(tr("Masked"));
    } else {
        m_accept->setText(count > 1 ? tr("Accept %1").arg(ui::text::number(count)) : tr("Accept"));
    }
    m_accept->setEnabled(can);
    m_reject->setEnabled(can);
    m_change->setEnabled(can && m_action->count() > 1);
    m_accept->updateGeometry();
}

model::Action DetailPanel::action() const {
    return static_cast<model::Action>(m_action->currentData().toInt());
}

QString DetailPanel::reason() const {
    return m_reason->text().trimmed();
}

void DetailPanel::askReason(model::DecisionState wanted) {
    m_wanted = wanted;
    style::setProperty(m_reason, "invalid", true);
    m_reason->setFocus(Qt::OtherFocusReason);
    m_context.say(
        decide::isFaceSurface(m_finding)
            ? tr("Write a reason: the surface of a face is kept only by a judgement (Guideline 5.4.4).")
            : tr("Write a reason: a required finding is left as it is."));
}

void DetailPanel::openActions() {
    if (m_action->count() > 1) {
        m_changing = true;
        m_action->setFocus(Qt::ShortcutFocusReason);
        m_action->showPopup();
    }
}

void DetailPanel::showRule() {
    const guideline::RuleTable* rules = m_context.session() ? &m_context.session()->rules() : nullptr;
    if (const guideline::Rule* rule = rules == nullptr ? nullptr : rules->find(m_finding.rule)) {
        auto* popup = new RulePopup(*rule, this);
        popup->openAt(m_rule->mapToGlobal(QPoint(0, m_rule->height() + 2)));
    }
}

void DetailPanel::retranslate() {
    const QStringList names{tr("Value"),  tr("Rule"),   tr("Origin"), tr("Confidence"),
                            tr("Action"), tr("Result"), tr("State")};
    for (qsizetype i = 0; i < names.size(); ++i) {
        m_labels[i]->setText(names[i]);
    }
    m_action->setAccessibleName(tr("Action"));
    m_reason->setPlaceholderText(tr("e.g. a method, not a person"));
    m_reason->setAccessibleName(tr("Reason"));
    m_remove->setText(tr("Remove this finding (made by hand)"));
    m_reject->setText(tr("Reject…"));
    m_change->setText(tr("Change…"));
    m_accept->setAccessibleName(tr("Accept the finding"));
    m_reject->setAccessibleName(tr("Reject the finding"));
    m_change->setAccessibleName(tr("Change the action"));
    if (hasFinding()) {
        fill();
    } else {
        clear();
    }
}

void DetailPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::work
