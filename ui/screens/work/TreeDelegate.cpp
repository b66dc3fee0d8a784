// The painted rows of the tree.
#include <QHeaderView>
#include <QPainter>

#include "ui/screens/work/TreePanel.h"
#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

using model::AssetState;

style::Sign signOf(const models::TreeRow& row) {
    if (row.required() > 0) {
        return style::Sign::OpenRequired;
    }
    if (!row.isAsset) {
        if (row.isKind ? row.kind.unreadable + row.kind.residuals > 0 : row.subject.blocked) {
            return style::Sign::Blocked;
        }
        // Where nothing was found yet, nothing was decided either.
        const bool untouched = !row.isKind && row.subject.findings.total == 0;
        return row.open() > 0 || untouched ? style::Sign::Open : style::Sign::Accepted;
    }
    const model::Asset& asset = row.asset.asset;
    if (asset.state == AssetState::Excluded) {
        return style::Sign::Rejected;
    }
    if (asset.kind == model::AssetKind::Unreadable || asset.problem || row.asset.residuals > 0) {
        return style::Sign::Blocked;
    }
    if (asset.state == AssetState::SentBack) {
        return style::Sign::SentBack;
    }
    if (row.asset.confirmed) {
        return style::Sign::Confirmed;
    }
    return row.open() > 0 || asset.state == AssetState::Imported ? style::Sign::Open : style::Sign::Accepted;
}

QString subjectTitle(const models::TreeRow& row) {
    if (row.isKind) {
        return text::kindName(row.kind.kind);
    }
    return row.subject.id.valid() ? text::subjectName(row.subject.number) : TreePanel::tr("Nobody or several");
}

QString assetFacts(const model::Asset& asset) {
    return asset.frames > 1 ? TreePanel::tr("%n images", nullptr, static_cast<int>(asset.frames)) : QString();
}

} // namespace

QString TreeDelegate::spoken(const models::TreeRow& row) {
    QStringList words;
    if (row.isAsset) {
        words << text::assetTitle(row.asset.asset) << text::kindName(row.asset.asset.kind)
              << assetFacts(row.asset.asset);
    } else {
        const auto assets = row.isKind ? row.kind.assets : row.subject.assets;
        words << subjectTitle(row) << TreePanel::tr("%n items", nullptr, static_cast<int>(assets));
    }
    if (row.required() > 0) {
        words << TreePanel::tr("%n required open", nullptr, static_cast<int>(row.required()));
    }
    if (row.recommended() > 0) {
        words << TreePanel::tr("%n recommended open", nullptr, static_cast<int>(row.recommended()));
    }
    words << style::signName(signOf(row));
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {120, style::Theme::instance().px(28)};
}

void TreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto* tree = qobject_cast<const models::WorkTreeModel*>(index.model());
    const models::TreeRow* row = tree == nullptr ? nullptr : tree->row(index);
    if (row == nullptr) {
        return;
    }
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    painter->save();
    QRect rest = option.rect.adjusted(theme.px(2), 0, -theme.px(8), 0);
    if (row->recommended() > 0) {
        rest.setRight(rest.right() -
                      style::drawCount(*painter, rest, row->recommended(), style::CountKind::Outline) -
                      theme.px(6));
    }
    if (row->required() > 0) {
        rest.setRight(rest.right() -
                      style::drawCount(*painter, rest, row->required(), style::CountKind::Bad) - theme.px(6));
    }
    QString title;
    QString facts;
    const int icon = theme.px(16);
    if (row->isAsset) {
        const model::Asset& asset = row->asset.asset;
        title = text::assetTitle(asset);
        facts = assetFacts(asset);
        const style::Sign sign = signOf(*row);
        if (row->open() == 0 || sign == style::Sign::Blocked || sign == style::Sign::SentBack) {
            QRect at = rest;
            at.setLeft(rest.right() - style::signSize() + 1);
            style::drawSign(*painter, at, sign);
            rest.setRight(at.left() - theme.px(6));
        }
        style::drawIcon(*painter, QRectF(rest.left(), rest.center().y() - icon / 2.0 + 0.5, icon, icon),
                        text::kindIcon(asset.kind), t.text2);
    } else {
        title = subjectTitle(*row);
        facts = TreePanel::tr("%n items", nullptr,
                              static_cast<int>(row->isKind ? row->kind.assets : row->subject.assets));
        style::drawSign(*painter, rest, signOf(*row));
    }
    rest.setLeft(rest.left() + icon + theme.px(6));
    const QFont titleFont = theme.font(style::Type::Table, !row->isAsset);
    const QFontMetrics metrics(titleFont);
    painter->setFont(titleFont);
    painter->setPen(row->isAsset && row->asset.asset.state == AssetState::Excluded ? t.text3 : t.text);
    const QString shown = metrics.elidedText(title, Qt::ElideRight, rest.width());
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, shown);
    rest.setLeft(rest.left() + metrics.horizontalAdvance(shown) + theme.px(10));
    if (!facts.isEmpty() && rest.width() > theme.px(24)) {
        const QFont small = theme.font(style::Type::Table);
        painter->setFont(small);
        painter->setPen(t.text3);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(small).elidedText(facts, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

SubjectTree::SubjectTree(QWidget* parent) : QTreeView(parent) {
    setItemDelegate(new TreeDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(style::Theme::instance().px(22));
    setExpandsOnDoubleClick(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(true);
}

void SubjectTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const QRect line(0, option.rect.top(), viewport()->width(), option.rect.height());
    if (selectionModel()->isSelected(index)) {
        painter->fillRect(line, style::tokens().selection);
    }
    QTreeView::drawRow(painter, option, index);
    if (selectionModel()->isSelected(index)) {
        painter->fillRect(QRect(0, line.top(), 3, line.height()), style::tokens().accent);
    }
}

void SubjectTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    if (!model()->hasChildren(index)) {
        return;
    }
    const int size = style::Theme::instance().px(12);
    const QRectF square(rect.right() - size - 2, rect.center().y() - size / 2.0 + 0.5, size, size);
    style::drawIcon(*painter, square, isExpanded(index) ? QStringLiteral("down") : QStringLiteral("right"),
                    style::tokens().text2);
}

} // namespace kamei::ui::screens::work
