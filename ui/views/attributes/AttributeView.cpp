#include "ui/views/attributes/AttributeView.h"

#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMetaMethod>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <algorithm>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeDelegate.h"
#include "ui/views/attributes/CategoryChip.h"

namespace kamei::ui::views::attributes {
namespace {

using model::Category;
using models::AttributeModel;

} // namespace

/// What the bars at the left mean.
class AttributeView::Legend : public QWidget {
public:
    explicit Legend(QWidget* parent) : QWidget(parent) { setFixedHeight(style::Theme::instance().px(20)); }
    void setTexts(const QStringList& texts) {
        m_texts = texts;
        setAccessibleName(texts.join(QStringLiteral(", ")));
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override {
        const QFontMetrics metrics(style::Theme::instance().font(style::Type::Table));
        int width = 0;
        for (const QString& text : m_texts) {
            width += 9 + metrics.horizontalAdvance(text) + 16;
        }
        return {width, style::Theme::instance().px(20)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const auto& t = style::tokens();
        const QColor colours[] = {t.accent, t.bad, t.warn};
        QPainter painter(this);
        painter.setFont(style::Theme::instance().font(style::Type::Table));
        const QFontMetrics metrics(painter.font());
        int x = 0;
        for (int i = 0; i < m_texts.size() && i < 3; ++i) {
            painter.fillRect(QRect(x, height() / 2 - 7, 4, 14), colours[i]);
            painter.setPen(t.text2);
            painter.drawText(QRect(x + 9, 0, width(), height()), Qt::AlignVCenter, m_texts[i]);
            x += 9 + metrics.horizontalAdvance(m_texts[i]) + 16;
        }
    }

private:
    QStringList m_texts;
};

AttributeView::AttributeView(QWidget* parent)
    : QWidget(parent), m_model(new AttributeModel(this)), m_tree(new AttributeTree),
      m_tools(style::surface("bar")), m_footer(style::surface("section")), m_search(new QLineEdit),
      m_changedOnly(new QCheckBox), m_open(style::button("small")), m_private(style::button("small")),
      m_numbers(new style::ElidedLabel("small")), m_legend(new Legend(nullptr)),
      m_nextHint(style::label("small")) {
    buildTools();
    m_tree->setObjectName(QStringLiteral("attributeTree"));
    m_tree->setModel(m_model);
    m_tree->setFrameShape(QFrame::NoFrame);
    const auto& theme = style::Theme::instance();
    const int widths[] = {126, 34, 0, 0, 0, 30, 0, 28, 50};
    for (int i = 0; i < AttributeModel::ColumnCount; ++i) {
        if (widths[i] > 0) {
            m_tree->setColumnWidth(i, theme.px(widths[i]));
        }
    }
    for (const int column : {AttributeModel::Name, AttributeModel::Before, AttributeModel::After}) {
        m_tree->header()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
    setFocusProxy(m_tree);

    auto* footer = new QHBoxLayout(m_footer);
    footer->setContentsMargins(12, 3, 12, 3);
    footer->setSpacing(12);
    footer->addWidget(m_numbers, 1);
    footer->addWidget(m_legend);
    footer->addWidget(new style::KeyCap(QStringLiteral("Ctrl+↓")));
    footer->addWidget(m_nextHint);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tools);
    column->addWidget(m_tree, 1);
    column->addWidget(m_footer);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                const models::AttributeRow* row = m_model->row(index);
                if (!m_setting && row != nullptr && row->finding != nullptr) {
                    emit findingSelected(row->finding->id);
                }
            });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        const models::AttributeRow* row = m_model->row(index);
        if (row != nullptr && row->finding == nullptr && !row->line.isItem && !row->line.added) {
            emit lineActivated(row->line);
        }
    });
    connect(&style::Theme::instance(), &style::Theme::changed, this,
            [this] { m_tree->viewport()->update(); });
    // The menu key opens it as the right button does.
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &AttributeView::openMenu);
    retranslate();
}

AttributeView::~AttributeView() = default;

void AttributeView::openMenu(const QPoint& at) {
    const QModelIndex index = m_tree->indexAt(at).isValid() ? m_tree->indexAt(at) : m_tree->currentIndex();
    const models::AttributeRow* row = m_model->row(index);
    if (row == nullptr || row->line.isItem) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const job::AttributeLine line = row->line;
    if (line.isPrivate && !row->isBlock &&
        isSignalConnected(QMetaMethod::fromSignal(&AttributeView::deviceWanted))) {
        QAction* device = menu->addAction(tr("Decide for the device…"));
        device->setObjectName(QStringLiteral("attributeDevice"));
        device->setEnabled(!line.creator.empty());
        connect(device, &QAction::triggered, this, [this, line] { emit deviceWanted(line); });
    }
    connect(menu->addAction(tr("Copy the tag")), &QAction::triggered, this,
            [line] { QGuiApplication::clipboard()->setText(text::fromUtf8(line.path)); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void AttributeView::buildTools() {
    m_search->setObjectName(QStringLiteral("attributeSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(style::Theme::instance().px(84));
    m_search->setMaximumWidth(style::Theme::instance().px(200));
    m_changedOnly->setObjectName(QStringLiteral("attributeChangedOnly"));
    m_open->setObjectName(QStringLiteral("attributeOpenOnly"));
    m_private->setObjectName(QStringLiteral("attributePrivateOnly"));
    m_open->setCheckable(true);
    m_private->setCheckable(true);
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(6);
    row->addWidget(m_search, 1);
    row->addWidget(m_changedOnly);
    row->addWidget(m_open);
    row->addWidget(m_private);
    row->addStretch(1);
    for (const Category category : {Category::Code2, Category::Identifier, Category::QuasiIdentifier,
                                    Category::Financial, Category::LinkingCode, Category::Contact}) {
        auto* chip = new CategoryChip(category);
        chip->setObjectName(QStringLiteral("attributeCategory%1").arg(static_cast<int>(category)));
        connect(chip, &QPushButton::toggled, this, &AttributeView::applyFilter);
        m_categories.emplace_back(category, chip);
        row->addWidget(chip);
    }
    connect(m_search, &QLineEdit::textChanged, this, &AttributeView::applyFilter);
    connect(m_changedOnly, &QCheckBox::toggled, this, &AttributeView::applyFilter);
    connect(m_open, &QPushButton::toggled, this, &AttributeView::applyFilter);
    connect(m_private, &QPushButton::toggled, this, &AttributeView::applyFilter);
}

void AttributeView::applyFilter() {
    models::AttributeFilter filter;
    filter.text = m_search->text().trimmed();
    filter.changedOnly = m_changedOnly->isChecked();
    filter.openOnly = m_open->isChecked();
    filter.privateOnly = m_private->isChecked();
    for (const auto& [category, chip] : m_categories) {
        if (chip->isChecked()) {
            filter.categories.insert(static_cast<int>(category));
            if (category == Category::Code2) {
                filter.categories.insert(static_cast<int>(Category::Code1));
            }
        }
    }
    m_setting = true;
    m_model->setFilter(filter);
    m_setting = false;
    m_tree->expandAll();
}

void AttributeView::setLines(std::vector<job::AttributeLine> lines, std::vector<model::Finding> findings,
                             const guideline::RuleTable* rules, bool keepPlace) {
    const int place = m_tree->verticalScrollBar()->value();
    m_setting = true;
    m_model->setLines(std::move(lines), std::move(findings), rules);
    m_tree->expandAll();
    m_setting = false;
    m_tree->verticalScrollBar()->setValue(keepPlace ? place : 0);
    showCounts();
}

void AttributeView::clear() {
    setLines({}, {}, nullptr, false);
}

void AttributeView::setCurrent(base::FindingId finding) {
    const QModelIndex index = m_model->indexOf(finding);
    m_setting = true;
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index, QAbstractItemView::EnsureVisible);
    } else {
        m_tree->clearSelection();
    }
    m_setting = false;
}

void AttributeView::nextChange() {
    QModelIndex next = m_model->nextMarked(m_tree->currentIndex());
    if (!next.isValid()) {
        next = m_model->nextMarked({});
    }
    if (next.isValid()) {
        m_tree->setCurrentIndex(next);
        m_tree->scrollTo(next);
    }
}

void AttributeView::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void AttributeView::showCounts() {
    const auto& counts = m_model->counts();
    m_open->setText(tr("Open %1").arg(text::number(counts.open)));
    m_private->setText(tr("Private %1").arg(text::number(counts.privateOnes)));
    for (const auto& [category, chip] : m_categories) {
        const auto of = [&counts](Category one) {
            const auto found = counts.categories.find(static_cast<int>(one));
            return found == counts.categories.end() ? 0 : found->second;
        };
        static_cast<CategoryChip*>(chip)->setCount(of(category) +
                                                   (category == Category::Code2 ? of(Category::Code1) : 0));
    }
    showCategories();
    m_numbers->setText(tr("%1 attributes · changed %2 · new values %3 · deleted or empty %4")
                           .arg(text::number(counts.attributes), text::number(counts.changed),
                                text::number(counts.written), text::number(counts.removed)));
}

void AttributeView::retranslate() {
    m_search->setPlaceholderText(tr("Tag, name, value"));
    m_search->setAccessibleName(tr("Search attributes"));
    m_tree->setAccessibleName(tr("Attributes before and after"));
    m_changedOnly->setText(tr("Changed only"));
    m_legend->setTexts({tr("Changed"), tr("Required, open"), tr("Open")});
    m_nextHint->setText(tr("next change"));
    int widest = 0;
    for (const auto need : {model::Requirement::Required, model::Requirement::Recommended,
                            model::Requirement::Conditional, model::Requirement::None}) {
        widest = std::max(widest, style::pillWidth(need));
    }
    m_tree->setColumnWidth(AttributeModel::Need, widest + style::Theme::instance().px(12));
    showCounts();
}

void AttributeView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showCategories();
}

void AttributeView::showCategories() {
    // Where there is little room, only categories that occur have a button.
    const bool all = width() >= style::Theme::instance().px(800);
    for (const auto& [category, chip] : m_categories) {
        chip->setVisible(all || chip->isEnabled() || chip->isChecked());
    }
}

void AttributeView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::views::attributes
