// AssetPage: how it is put together, and its head.
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>

#include "core/decide/Rules.h"
#include "ui/models/ColumnProfile.h"
#include "ui/screens/work/AssetNotice.h"
#include "ui/screens/work/AssetPage.h"
#include "ui/screens/work/TextPage.h"
#include "ui/style/Icon.h"
#include "ui/style/KeyHints.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeView.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/table/TableView.h"

namespace kamei::ui::screens::work {

using views::image::Compare;
using views::text::Form;

AssetPage::AssetPage(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_head(style::surface("bar")), m_headGrid(new QGridLayout(m_head)),
      m_choices(new QWidget), m_icon(new QLabel), m_title(new style::ElidedLabel("strong")),
      m_facts(new style::ElidedLabel("small")), m_instance(new QSpinBox), m_textSides(new style::Segments),
      m_tableSides(new style::Segments), m_imageSides(new style::Segments), m_forms(new style::Segments),
      m_pictures(new style::Segments), m_more(style::iconButton(QStringLiteral("more"), {})),
      m_notice(new AssetNotice(context)), m_stack(new QStackedWidget), m_text(new TextPage(context)),
      m_table(new views::table::TableView), m_attributes(new views::attributes::AttributeView),
      m_message(new QWidget), m_messageTitle(style::label("heading")), m_messageText(style::label("muted")),
      m_image(new views::image::ImageView(context)), m_hints(new style::KeyHints) {
    build();
    connectViewers();
    connect(&style::Theme::instance(), &style::Theme::changed, this, &AssetPage::showHead);
    retranslate();
    showViewer(Viewer::Nothing);
}

void AssetPage::build() {
    setMinimumWidth(style::Theme::instance().px(420));
    for (int i = 0; i < 3; ++i) {
        m_textSides->add({});
    }
    for (int i = 0; i < 2; ++i) {
        m_tableSides->add({});
        m_forms->add({});
        m_pictures->add({});
    }
    for (int i = 0; i < 4; ++i) {
        m_imageSides->add({});
    }
    const std::pair<QWidget*, const char*> named[] = {
        {m_textSides, "textSides"}, {m_tableSides, "tableSides"},  {m_imageSides, "imageSides"},
        {m_forms, "textForms"},     {m_pictures, "pictureOrTags"}, {m_title, "assetTitle"},
        {m_instance, "instance"},   {m_more, "assetMenu"},         {m_stack, "viewer"}};
    for (const auto& [widget, name] : named) {
        widget->setObjectName(QLatin1String(name));
    }
    m_instance->setProperty("kind", QStringLiteral("small"));
    m_instance->setKeyboardTracking(false);
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(m_icon);
    title->addWidget(m_title);
    title->addWidget(m_facts, 1);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(8);
    for (QWidget* choice : std::initializer_list<QWidget*>{m_instance, m_textSides, m_tableSides,
                                                           m_imageSides, m_forms, m_pictures}) {
        choices->addWidget(choice);
    }
    m_headGrid->setContentsMargins(12, 0, 12, 0);
    m_headGrid->setHorizontalSpacing(8);
    m_headGrid->setVerticalSpacing(0);
    m_headGrid->setColumnStretch(0, 1);
    m_headGrid->addLayout(title, 0, 0);
    m_headGrid->addWidget(m_more, 0, 2);

    auto* message = new QVBoxLayout(m_message);
    message->setContentsMargins(48, 48, 48, 48);
    message->setSpacing(8);
    m_messageText->setWordWrap(true);
    message->addStretch(2);
    message->addWidget(m_messageTitle, 0, Qt::AlignHCenter);
    m_messageText->setAlignment(Qt::AlignHCenter);
    message->addWidget(m_messageText);
    message->addStretch(3);

    for (QWidget* viewer :
         std::initializer_list<QWidget*>{m_message, m_text, m_table, m_attributes, m_image}) {
        m_stack->addWidget(viewer);
    }
    // Only the viewer that is shown decides how small the window can be: that of pictures is the tallest.
    const auto fit = [this] {
        for (int i = 0; i < m_stack->count(); ++i) {
            const auto policy = i == m_stack->currentIndex() ? QSizePolicy::Expanding : QSizePolicy::Ignored;
            m_stack->widget(i)->setSizePolicy(policy, policy);
        }
    };
    connect(m_stack, &QStackedWidget::currentChanged, this, fit);
    fit();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    column->addWidget(m_hints);
}

void AssetPage::connectViewers() {
    connect(m_text, &TextPage::findingSelected, this, &AssetPage::findingSelected);
    connect(m_text, &TextPage::marked, this, &AssetPage::marked);
    connect(m_text, &TextPage::failed, this, &AssetPage::fail);
    connect(m_text, &TextPage::factsChanged, this, [this] {
        showHead();
        emit placesKnown();
    });
    connect(m_text, &TextPage::formChanged, this,
            [this] { m_forms->setCurrent(m_text->form() == Form::Document ? 0 : 1); });
    connect(m_table, &views::table::TableView::findingSelected, this, &AssetPage::findingSelected);
    connect(m_attributes, &views::attributes::AttributeView::findingSelected, this,
            &AssetPage::findingSelected);
    connect(m_image, &views::image::ImageView::findingSelected, this, &AssetPage::findingSelected);
    connect(m_attributes, &views::attributes::AttributeView::lineActivated, this, &AssetPage::markAttribute);
    connect(
        m_attributes, &views::attributes::AttributeView::deviceWanted, this,
        [this](const job::AttributeLine& line) {
            shell::Route route{shell::ScreenId::Policy};
            // "(0019,100C)" of a block that may lie anywhere: "(0019,xx0C)".
            const std::string place = line.tag.substr(0, 6) + "xx" + line.tag.substr(8);
            route.filter =
                QStringLiteral("private\n%1\n%2").arg(text::fromUtf8(line.creator), text::fromUtf8(place));
            m_context.go(route);
        });
    connect(m_table, &views::table::TableView::columnAdded, this, &AssetPage::markColumn);
    connect(m_table, &views::table::TableView::columnDecided, this, [this](int column, model::Action action) {
        emit columnDecided(m_table->model().column(column).findings, action, {});
    });
    connect(m_table, &views::table::TableView::methodWanted, this, &AssetPage::askMethod);
    connect(m_table, &views::table::TableView::selectionMade, this,
            [this](qint64 start, qint64 end, qint64 row, int column, const QRect& at) {
                Marked marked;
                marked.draft.asset = m_row.asset.id;
                marked.draft.subject = m_row.asset.subject;
                marked.draft.text = m_table->model().table()->shown->source.slice(start, end);
                marked.draft.locator.kind = model::Locator::Kind::Cell;
                marked.draft.locator.row = row;
                marked.draft.locator.column = column;
                marked.draft.locator.start = start;
                marked.draft.locator.end = end;
                marked.globalAt = at;
                emit this->marked(marked);
            });
    connect(m_table, &views::table::TableView::profileWanted, this, [this](int column) {
        m_context.runner().look(
            this,
            [table = m_table->model().table(), column] { return models::ColumnProfile::of(*table, column); },
            [this, column, generation = m_generation](models::ColumnProfile profile) {
                if (generation == m_generation) {
                    m_table->setProfile(column, profile);
                }
            });
    });
    m_table->setActions(
        [this](const model::Finding& finding) { return decide::possibleActions(finding, m_row.asset.kind); });
    connect(m_textSides, &style::Segments::chosen, this,
            [this](int side) { m_text->setSides(static_cast<TextPage::Sides>(side)); });
    connect(m_tableSides, &style::Segments::chosen, this, [this] { loadTable(true); });
    connect(m_imageSides, &style::Segments::chosen, this, [this](int mode) {
        constexpr Compare modes[] = {Compare::Before, Compare::After, Compare::Swipe, Compare::Flicker};
        m_image->setCompare(modes[mode]);
    });
    connect(m_forms, &style::Segments::chosen, this,
            [this](int form) { m_text->setForm(form == 0 ? Form::Document : Form::Source); });
    connect(m_pictures, &style::Segments::chosen, this,
            [this](int what) { showViewer(what == 0 ? Viewer::Image : Viewer::Attributes); });
    connect(m_instance, &QSpinBox::valueChanged, this, [this] {
        if (m_viewer == Viewer::Attributes) {
            loadAttributes(true);
        }
    });
    connect(m_more, &QToolButton::clicked, this, &AssetPage::openMore);
}

void AssetPage::fitHead() {
    const auto& theme = style::Theme::instance();
    // Icon, some of the title, the menu, margins and gaps.
    const int beside = theme.px(16 + 96) + m_more->sizeHint().width() + 24 + 3 * 8;
    const bool below = m_choices->sizeHint().width() + beside > width();
    m_headGrid->removeWidget(m_choices);
    if (below) {
        m_headGrid->addWidget(m_choices, 1, 0, 1, 3, Qt::AlignLeft | Qt::AlignVCenter);
    } else {
        m_headGrid->addWidget(m_choices, 0, 1);
    }
    m_head->setFixedHeight(theme.px(below ? 76 : 40));
}

void AssetPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitHead();
}

void AssetPage::showHead() {
    const model::Asset& asset = m_row.asset;
    const bool any = asset.id.valid();
    m_icon->setVisible(any);
    m_more->setVisible(any);
    m_icon->setPixmap(style::iconPixmap(ui::text::kindIcon(asset.kind), style::Theme::instance().px(16),
                                        devicePixelRatioF()));
    m_title->setText(any ? ui::text::assetTitle(asset) : QString());
    m_textSides->setVisible(m_viewer == Viewer::Text);
    m_forms->setVisible(m_viewer == Viewer::Text);
    m_tableSides->setVisible(m_viewer == Viewer::Table);
    m_imageSides->setVisible(m_viewer == Viewer::Image);
    m_pictures->setVisible(isDicom() && hasPictures());
    m_instance->setVisible(m_viewer == Viewer::Attributes && asset.sources > 1);
    QStringList facts{m_subject};
    if (m_viewer == Viewer::Text) {
        facts << m_text->facts();
    } else if (asset.frames > 0) {
        facts << tr("%n images", nullptr, static_cast<int>(asset.frames))
              << ui::text::fromUtf8(asset.modality);
        if (m_viewer == Viewer::Attributes && asset.sources > 1) {
            facts << tr("≠ differs within the series");
        }
    } else if (m_viewer == Viewer::Table && m_table->model().table()) {
        facts << tr("%1 rows").arg(ui::text::number(m_table->model().rowCount()));
    }
    facts.removeAll(QString());
    m_facts->setText(facts.join(QStringLiteral(" · ")));

    QList<std::pair<QString, QString>> hints;
    if (any) {
        hints << std::pair{QStringLiteral("J"), tr("next")} << std::pair{QStringLiteral("K"), tr("previous")}
              << std::pair{QStringLiteral("A"), tr("accept")} << std::pair{QStringLiteral("R"), tr("reject")}
              << std::pair{QStringLiteral("E"), tr("change")}
              << std::pair{QStringLiteral("Space"), tr("all alike")}
              << std::pair{QStringLiteral("U"), tr("undo")};
        if (m_viewer == Viewer::Image) {
            hints << std::pair{QStringLiteral("B"), tr("mask")};
        }
        if (m_viewer != Viewer::Attributes) {
            hints << std::pair{QStringLiteral("\\"), tr("before/after")};
        }
    }
    m_hints->setHints(hints, m_viewer == Viewer::Text ? tr("select text to add one") : QString());
    fitHead();
    m_hints->setVisible(any && m_viewer != Viewer::Message && m_viewer != Viewer::Attributes);
}

void AssetPage::retranslate() {
    const auto texts = [](style::Segments* segments, const QStringList& words) {
        for (int i = 0; i < words.size(); ++i) {
            segments->setText(i, words[i]);
        }
    };
    texts(m_textSides, {tr("Before"), tr("After"), tr("Side by side")});
    texts(m_tableSides, {tr("Before"), tr("After")});
    texts(m_imageSides, {tr("Before"), tr("After"), tr("Swipe"), tr("Flicker")});
    texts(m_forms, {tr("Document"), tr("Source")});
    texts(m_pictures, {tr("Image"), tr("Attributes")});
    m_instance->setAccessibleName(tr("Number of the image"));
    m_instance->setPrefix(tr("Image "));
    m_more->setToolTip(tr("More for this asset"));
    m_more->setAccessibleName(tr("More for this asset"));
    if (m_viewer == Viewer::Nothing || m_viewer == Viewer::Message) {
        showViewer(m_viewer); // its sentences
    } else {
        showHead();
    }
}

} // namespace kamei::ui::screens::work
