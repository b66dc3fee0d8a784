#include "ui/screens/audit/ExaminePanel.h"

#include <QAbstractButton>
#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include "core/job/Looking.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeView.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/text/TextView.h"

namespace kamei::ui::screens {

struct ExaminePanel::Content {
    std::optional<base::Error> error;
    std::shared_ptr<const views::text::PaperText> text;
    std::vector<job::AttributeLine> attributes;
    std::int64_t frames = 0;
    std::vector<model::Confirmation> confirmations;
};

ExaminePanel::ExaminePanel(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_title(new style::ElidedLabel("heading")),
      m_hash(style::label("mono")), m_pages(new QStackedWidget), m_nothing(style::label("muted")),
      m_text(new views::text::TextView), m_image(new views::image::ImageView(context)),
      m_attributes(new views::attributes::AttributeView), m_judgeTitle(style::label("section")),
      m_choices(new QButtonGroup(this)), m_noteTitle(style::label("small")), m_note(new QPlainTextEdit),
      m_whoTitle(style::label("section")), m_who(style::label("small")), m_record(style::button("primary")) {
    setObjectName(QStringLiteral("examinePanel"));
    build();
    addActions();
    connect(m_choices, &QButtonGroup::idClicked, this, &ExaminePanel::showState);
    connect(m_note, &QPlainTextEdit::textChanged, this, &ExaminePanel::showState);
    connect(m_record, &QPushButton::clicked, this, &ExaminePanel::record);
    connect(m_image, &views::image::ImageView::frameShown, this, [this] {
        if (m_image->isVisible() && m_asked == m_question) {
            m_there = true;
            showState();
        }
    });
    retranslate();
}

void ExaminePanel::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* centre = style::surface("viewer", this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_title, &head, centre));
    head->addStretch(1);
    head->addWidget(m_hash);
    m_hash->setObjectName(QStringLiteral("audit.itemHash"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_image->setReadOnly(true);
    m_text->setObjectName(QStringLiteral("audit.text"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_nothing, m_text, m_image, m_attributes}) {
        m_pages->addWidget(page);
    }
    column->addWidget(m_pages, 1);
    row->addWidget(centre, 1);

    auto* side = style::surface("panel", this);
    side->setFixedWidth(px(264));
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(style::sectionHead(m_judgeTitle, nullptr, side));
    auto* choices = new QVBoxLayout;
    choices->setContentsMargins(12, 8, 12, 8);
    choices->setSpacing(6);
    const std::array names{"audit.clean", "audit.leak", "audit.unsure"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto* radio = new QRadioButton(side);
        radio->setObjectName(QString::fromLatin1(names[i]));
        m_choices->addButton(radio, static_cast<int>(i) + 1); // the numbers of model::Judgement
        m_radios.append(radio);
        choices->addWidget(radio);
    }
    m_note->setObjectName(QStringLiteral("audit.note"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(px(52));
    m_noteTitle->setBuddy(m_note);
    choices->addWidget(m_noteTitle);
    choices->addWidget(m_note);
    right->addLayout(choices);
    right->addWidget(style::sectionHead(m_whoTitle, nullptr, side));
    m_who->setWordWrap(true);
    m_who->setContentsMargins(12, 6, 12, 6);
    right->addWidget(m_who);
    right->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 6, 12, 10);
    m_record->setObjectName(QStringLiteral("audit.record"));
    m_record->setMinimumHeight(px(32));
    buttons->addWidget(m_record);
    right->addLayout(buttons);
    row->addWidget(side);
}

void ExaminePanel::addActions() {
    const auto add = [this](const char* id, const QKeySequence& keys, auto slot) {
        QAction* action = m_context.actions().add(QString::fromLatin1(id), {}, keys, {});
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, slot);
        m_actions << action;
    };
    for (int i = 0; i < m_radios.size(); ++i) {
        constexpr std::array kIds{"audit.judge-clean", "audit.judge-leak", "audit.judge-unsure"};
        constexpr std::array kKeys{Qt::Key_C, Qt::Key_L, Qt::Key_S};
        add(kIds.at(static_cast<std::size_t>(i)), kKeys.at(static_cast<std::size_t>(i)), [this, i] {
            m_radios[i]->setChecked(true);
            if (m_choices->checkedId() == static_cast<int>(model::Judgement::Leak)) {
                m_note->setFocus(Qt::ShortcutFocusReason);
            }
            showState();
        });
    }
    add("audit.judge-record", Qt::Key_Return, [this] {
        auto* button = qobject_cast<QAbstractButton*>(focusWidget());
        button != nullptr&& qobject_cast<QRadioButton*>(button) == nullptr ? button->click() : record();
    });
}

void ExaminePanel::show(const SampleRow* row) {
    const bool same = m_row && row != nullptr && m_row->item.asset == row->item.asset &&
                      m_row->item.sample == row->item.sample && m_row->item.judgement == row->item.judgement;
    m_row = row != nullptr ? std::optional(*row) : std::nullopt;
    if (same) {
        return;
    }
    m_choices->setExclusive(false);
    for (QRadioButton* radio : std::as_const(m_radios)) {
        radio->setChecked(false);
    }
    m_choices->setExclusive(true);
    m_note->clear();
    if (m_row) {
        if (auto* radio = m_choices->button(static_cast<int>(m_row->item.judgement))) {
            radio->setChecked(true);
        }
        m_note->setPlainText(text::fromUtf8(m_row->item.note));
    }
    load();
    showState();
}

void ExaminePanel::load() {
    const auto session = m_context.session();
    const quint64 question = ++m_question;
    m_there = false;
    m_pages->setCurrentIndex(static_cast<int>(Page::Nothing));
    m_who->clear();
    m_title->clear();
    m_hash->clear();
    if (!session || !m_row) {
        return;
    }
    m_title->setText(
        QStringLiteral("%1 · %2 · %3").arg(text::number(m_row->item.position), m_row->subject, m_row->title));
    const QString hex = QString::fromStdString(m_row->item.sha256.hex());
    m_hash->setText((m_row->changed ? tr("≠ %1… changed since") : tr("%1… as confirmed"))
                        .arg(hex.left(4) + QLatin1Char(' ') + hex.mid(4, 4)));
    m_hash->setToolTip(hex);
    m_context.runner().look(
        this,
        [session, asset = m_row->item.asset, kind = m_row->kind]() -> Content {
            Content out;
            out.confirmations = session->confirmations(asset).value_or(std::vector<model::Confirmation>{});
            const auto row = session->asset(asset);
            out.frames = row && *row ? (*row)->asset.frames : 0;
            using Kind = model::AssetKind;
            if (kind == Kind::Text || kind == Kind::Document || kind == Kind::Table || kind == Kind::Signal ||
                kind == Kind::Genome) {
                if (auto shown = job::textOf(*session, asset, job::Side::After)) {
                    out.text = views::text::PaperText::make(
                        std::make_shared<job::ShownText>(std::move(*shown)), views::text::Form::Source);
                } else {
                    out.error = shown.error();
                }
            } else if (out.frames == 0) {
                if (auto lines = job::attributesOfAll(*session, asset)) {
                    out.attributes = std::move(*lines);
                } else {
                    out.error = lines.error();
                }
            }
            return out;
        },
        [this, question](Content content) {
            if (question == m_question) {
                shown(std::move(content));
            }
        });
}

void ExaminePanel::shown(Content content) {
    QStringList who;
    for (const model::Confirmation& one : content.confirmations) {
        if (one.verdict == model::Confirmation::Verdict::Confirmed && one.sha256 == m_row->item.sha256) {
            who.append(tr("%1, %2: %3 of %4 shown%5")
                           .arg(text::fromUtf8(one.reviewer), text::dateTime(one.at), text::number(one.shown),
                                text::number(one.total), one.isSigned() ? tr(", signed") : QString()));
        }
    }
    m_who->setText(who.join(QLatin1Char('\n')));
    if (content.error) {
        m_nothing->setText(tr("This cannot be shown. Judge it as unsure, and say so in the note."));
        return;
    }
    if (content.text) {
        m_text->setPaper(content.text, {});
        m_there = true;
        m_pages->setCurrentIndex(static_cast<int>(Page::Text));
    } else if (content.frames > 0) {
        m_pages->setCurrentIndex(static_cast<int>(Page::Pictures));
        m_asked = m_question;
        m_image->show(m_row->item.asset);
        m_image->setCompare(views::image::Compare::After);
    } else {
        m_attributes->setLines(std::move(content.attributes), {}, &m_context.session()->rules(), false);
        m_attributes->tree().expandAll();
        m_there = true;
        m_pages->setCurrentIndex(static_cast<int>(Page::Attributes));
    }
    showState();
}

void ExaminePanel::record() {
    const auto session = m_context.session();
    if (!session || !m_row || !m_record->isEnabled()) {
        return;
    }
    const auto done = session->judge(
        m_row->item.sample, m_row->item.position, static_cast<model::Judgement>(m_choices->checkedId()),
        m_note->toPlainText().trimmed().toStdString(), m_context.reviewer().toStdString());
    if (!done) {
        m_context.showError(done.error());
        return;
    }
    emit judged();
}

void ExaminePanel::showState() {
    const int id = m_choices->checkedId();
    const bool leak = id == static_cast<int>(model::Judgement::Leak);
    const bool unseen = id == static_cast<int>(model::Judgement::Clean) && !m_there;
    const bool noted = !m_note->toPlainText().trimmed().isEmpty();
    const bool writable = m_context.session() && m_context.session()->writable();
    m_record->setEnabled(writable && m_row && !m_row->changed && id > 0 && !unseen && (!leak || noted));
}

void ExaminePanel::retranslate() {
    m_judgeTitle->setText(tr("Your judgement"));
    const std::array names{tr("Clean: identifies nobody (C)"), tr("Leak: something does (L)"),
                           tr("Unsure: second opinion (S)")};
    for (int i = 0; i < m_radios.size(); ++i) {
        m_radios[i]->setText(names.at(static_cast<std::size_t>(i)));
    }
    m_noteTitle->setText(tr("Note (needed for a leak)"));
    m_note->setAccessibleName(m_noteTitle->text());
    m_whoTitle->setText(tr("Who confirmed it"));
    m_record->setText(tr("Record and next  (Enter)"));
    m_nothing->setText(tr("Draw a sample, then look at one thing after another."));
    const QStringList actions{tr("Judge clean"), tr("Judge a leak"), tr("Judge unsure"),
                              tr("Record the judgement")};
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        m_actions[i]->setText(actions[i]);
    }
}

void ExaminePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void ExaminePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(true);
    }
}

void ExaminePanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(false);
    }
}

} // namespace kamei::ui::screens
