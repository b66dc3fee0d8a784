#include "ui/screens/home/KindTable.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

enum Column { Kind, Assets, Required, Recommended, Confirmed, Unreadable, Columns };
enum Role { IconRole = Qt::UserRole + 1, FractionRole, BadRole, KindRole };

class Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const style::Theme& theme = style::Theme::instance();
        const style::Tokens& t = theme.tokens();
        painter->save();
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        painter->fillRect(option.rect, selected ? t.selection : t.panel);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
        const QRect cell = option.rect.adjusted(8, 0, -8, 0);
        const bool bad = index.data(BadRole).toBool();
        painter->setFont(theme.font(style::Type::Table, bad));
        painter->setPen(bad ? t.bad : t.text);
        if (index.column() == Kind) {
            const int side = theme.px(16);
            style::drawIcon(*painter, QRectF(cell.left(), cell.center().y() - side / 2.0 + 0.5, side, side),
                            index.data(IconRole).toString(), t.text);
            const QRect words = cell.adjusted(side + 12, 0, 0, 0);
            painter->drawText(
                words, Qt::AlignVCenter,
                painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        } else if (index.column() == Confirmed) {
            const int number = theme.px(38);
            style::drawMeter(*painter, cell.adjusted(0, 0, -number, 0), index.data(FractionRole).toDouble());
            painter->drawText(cell, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
        } else {
            painter->drawText(cell, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
        }
        painter->restore();
    }
};

} // namespace

KindTable::KindTable(QWidget* parent)
    : QFrame(parent), m_title(style::label("heading")),
      m_openOnly(style::button("small", {}, QStringLiteral("filter"))), m_table(new QTableWidget(0, Columns)),
      m_hint(style::label("small")) {
    QWidget::setProperty("surface", QStringLiteral("card"));
    setObjectName(QStringLiteral("home.kinds"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_title, &head));
    head->addWidget(m_openOnly);
    m_openOnly->setCheckable(true);
    m_openOnly->setObjectName(QStringLiteral("home.kinds.openOnly"));
    m_table->setObjectName(QStringLiteral("home.kinds.table"));
    m_table->setItemDelegate(new Delegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(30));
    m_table->verticalHeader()->setMinimumSectionSize(px(24));
    m_table->setShowGrid(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    header->setFixedHeight(px(26));
    header->setSectionResizeMode(Kind, QHeaderView::Stretch);
    for (int at = Assets; at < Columns; ++at) {
        header->setSectionResizeMode(at, QHeaderView::Fixed);
    }
    column->addWidget(m_table, 1);
    auto* foot = style::surface("footer");
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 6, 12, 6);
    row->addWidget(style::iconLabel(QStringLiteral("info"), "text2"));
    m_hint->setWordWrap(true);
    row->addWidget(m_hint, 1);
    column->addWidget(foot);
    connect(m_openOnly, &QPushButton::toggled, this, &KindTable::fill);
    connect(m_table, &QTableWidget::cellActivated, this, [this](int at, int) {
        emit opened(static_cast<model::AssetKind>(m_table->item(at, Kind)->data(KindRole).toInt()));
    });
    retranslate();
}

void KindTable::retranslate() {
    m_title->setText(tr("By kind of data"));
    m_openOnly->setText(tr("Open only"));
    m_hint->setText(tr("Files and folders can be dropped anywhere. Sources are never changed."));
    m_table->setAccessibleName(m_title->text());
    const QStringList names{tr("Kind"),
                            tr("Data"),
                            tr("Required", "open, in a narrow column"),
                            tr("Recommended", "open, in a narrow column"),
                            tr("Confirmed", "in a narrow column"),
                            tr("Unreadable")};
    m_table->setHorizontalHeaderLabels(names);
    m_table->horizontalHeaderItem(Kind)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(Confirmed)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QFontMetrics metrics(style::Theme::instance().font(style::Type::Table, true));
    for (int at = Assets; at < Columns; ++at) {
        const int wanted = metrics.horizontalAdvance(names[at]) + 16;
        m_table->setColumnWidth(at, at == Confirmed ? qMax(wanted, style::Theme::instance().px(80)) : wanted);
    }
    fill();
}

void KindTable::show(const std::vector<job::Overview::KindRow>& rows) {
    m_rows = rows;
    fill();
}

void KindTable::fill() {
    const int kept = m_table->currentRow();
    m_table->setRowCount(0);
    for (const job::Overview::KindRow& row : m_rows) {
        if (m_openOnly->isChecked() && row.openRequired + row.openRecommended == 0) {
            continue;
        }
        const int at = m_table->rowCount();
        m_table->insertRow(at);
        const auto cell = [&](Column column, const QString& text, bool bad = false) {
            auto* item = new QTableWidgetItem(text);
            item->setData(BadRole, bad);
            m_table->setItem(at, column, item);
            return item;
        };
        auto* kind = cell(Kind, text::kindName(row.kind));
        kind->setData(IconRole, text::kindIcon(row.kind));
        kind->setData(KindRole, static_cast<int>(row.kind));
        cell(Assets, text::number(row.assets));
        cell(Required, text::number(row.openRequired), row.openRequired > 0);
        cell(Recommended, text::number(row.openRecommended));
        const double fraction =
            row.assets > 0 ? static_cast<double>(row.confirmed) / static_cast<double>(row.assets) : 0;
        cell(Confirmed, QStringLiteral("%1 %").arg(static_cast<int>(fraction * 100)))
            ->setData(FractionRole, fraction);
        cell(Unreadable, text::number(row.unreadable), row.unreadable > 0);
    }
    if (kept >= 0 && kept < m_table->rowCount()) {
        m_table->setCurrentCell(kept, 0);
    }
}

void KindTable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
