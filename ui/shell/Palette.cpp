#include "ui/shell/Palette.h"

#include <QAction>
#include <QEvent>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/shell/ActionRegistry.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

constexpr int kMostActions = 12;
constexpr int kMostSubjects = 6;
constexpr int kMostAssets = 12;
/// How many assets are looked through; more would take longer than typing does.
constexpr std::int64_t kAssetsRead = 4000;
constexpr int kLaterMs = 120;

enum Role { IconRole = Qt::UserRole + 1, NoteRole };

class Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, style::Theme::instance().px(30)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const style::Theme& theme = style::Theme::instance();
        const style::Tokens& t = theme.tokens();
        painter->save();
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        painter->fillRect(option.rect, selected ? t.selection : t.panel);
        if (selected) {
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              t.accent);
        }
        const int side = theme.px(16);
        const QRect row = option.rect.adjusted(14, 0, -14, 0);
        style::drawIcon(*painter, QRectF(row.left(), row.center().y() - side / 2.0 + 0.5, side, side),
                        index.data(IconRole).toString(), t.text2);
        painter->setFont(theme.font(style::Type::Table));
        painter->setPen(t.text2);
        const QString note = index.data(NoteRole).toString();
        const int noteWide = painter->fontMetrics().horizontalAdvance(note);
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, note);
        painter->setFont(theme.font());
        painter->setPen(t.text);
        const QRect words = row.adjusted(side + 10, 0, -noteWide - 12, 0);
        painter->drawText(
            words, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }
};

struct Found {
    std::vector<job::SubjectRow> subjects;
    std::vector<std::pair<job::AssetRow, std::int64_t>> assets; ///< with the number of their subject
};

QString assetText(const model::Asset& asset) {
    return QStringLiteral("%1 %2 %3")
        .arg(text::assetTitle(asset), text::kindName(asset.kind), text::fromUtf8(asset.modality));
}

Found findIn(job::Session& session, const QString& words) {
    Found found;
    auto subjects = session.subjects({});
    if (!subjects) {
        return found;
    }
    std::map<base::SubjectId, std::int64_t> numbers;
    for (const job::SubjectRow& row : *subjects) {
        numbers[row.id] = row.number;
        if (row.id.valid() && matches(text::subjectName(row.number), words) &&
            found.subjects.size() < static_cast<std::size_t>(kMostSubjects)) {
            found.subjects.push_back(row);
        }
    }
    job::AssetQuery query;
    query.limit = kAssetsRead;
    auto assets = session.assets(query);
    if (!assets) {
        return found;
    }
    for (job::AssetRow& row : *assets) {
        const std::int64_t number = numbers.contains(row.asset.subject) ? numbers[row.asset.subject] : 0;
        const QString name = assetText(row.asset) + QLatin1Char(' ') + text::subjectName(number);
        if (matches(name, words)) {
            found.assets.emplace_back(std::move(row), number);
            if (found.assets.size() >= static_cast<std::size_t>(kMostAssets)) {
                break;
            }
        }
    }
    return found;
}

} // namespace

bool matches(const QString& text, const QString& words) {
    const QString plain = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
    const auto parts = words.normalized(QString::NormalizationForm_KC)
                           .toCaseFolded()
                           .split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(parts.begin(), parts.end(), [&](const QString& part) { return plain.contains(part); });
}

Palette::Palette(AppContext& context, QWidget* window)
    : QFrame(window), m_context(context), m_field(new QLineEdit(this)), m_list(new QListWidget(this)),
      m_hint(style::label("note")), m_later(new QTimer(this)) {
    setObjectName(QStringLiteral("palette"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(9, 9, 9, 9);
    column->setSpacing(6);
    m_field->setObjectName(QStringLiteral("palette.field"));
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setItemDelegate(new Delegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(32);
    shadow->setOffset(0, 8);
    shadow->setColor(QColor(0, 0, 0, 90));
    setGraphicsEffect(shadow);
    m_later->setSingleShot(true);
    m_later->setInterval(kLaterMs);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_later, &QTimer::timeout, this, [this] { searchWorkspace(m_field->text().trimmed()); });
    connect(m_list, &QListWidget::itemClicked, this, &Palette::run);
    retranslate();
    hide();
}

void Palette::open() {
    const QSize room = parentWidget()->size();
    const int wide = qMin(style::Theme::instance().px(600), room.width() - 48);
    const int tall = qMin(style::Theme::instance().px(440), room.height() - 120);
    setGeometry((room.width() - wide) / 2, 64, wide, tall);
    m_field->clear();
    search();
    QFrame::show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

QList<Palette::Entry> Palette::actionsLike(const QString& words) const {
    QList<Entry> entries;
    for (QAction* action : m_context.actions().all()) {
        QString name = action->text();
        name.remove(QLatin1Char('&'));
        if (!action->isEnabled() || name.isEmpty() || action->objectName() == QLatin1String("app.search") ||
            !matches(name + QLatin1Char(' ') + action->objectName(), words)) {
            continue;
        }
        const QString icon = action->property("iconName").toString();
        entries.append({icon.isEmpty() ? QStringLiteral("right") : icon, name,
                        action->shortcut().toString(QKeySequence::NativeText),
                        [action] { action->trigger(); }});
        if (entries.size() == kMostActions && !words.isEmpty()) {
            break;
        }
    }
    return entries;
}

void Palette::search() {
    const QString words = m_field->text().trimmed();
    ++m_question;
    show(actionsLike(words));
    if (!words.isEmpty() && m_context.session()) {
        m_later->start();
    } else {
        m_later->stop();
    }
}

void Palette::searchWorkspace(const QString& words) {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    const quint64 question = m_question;
    m_context.runner().look(
        this, [session, words] { return findIn(*session, words); },
        [this, question, words](const Found& found) {
            if (question != m_question || !isVisible()) {
                return; // typed on meanwhile
            }
            QList<Entry> entries = actionsLike(words);
            for (const job::SubjectRow& row : found.subjects) {
                Route route{ScreenId::Work};
                route.subject = row.id;
                entries.append({QStringLiteral("user"), text::subjectName(row.number), tr("Subject"),
                                [this, route] { m_context.go(route); }});
            }
            for (const auto& [row, number] : found.assets) {
                Route route{ScreenId::Work};
                route.subject = row.asset.subject;
                route.asset = row.asset.id;
                entries.append({text::kindIcon(row.asset.kind), text::assetTitle(row.asset),
                                number > 0 ? text::subjectName(number) : text::kindName(row.asset.kind),
                                [this, route] { m_context.go(route); }});
            }
            show(entries);
        });
}

void Palette::show(const QList<Entry>& entries) {
    m_entries = entries;
    m_list->clear();
    for (const Entry& entry : entries) {
        auto* item = new QListWidgetItem(entry.text, m_list);
        item->setData(IconRole, entry.icon);
        item->setData(NoteRole, entry.note);
        item->setData(Qt::AccessibleDescriptionRole, entry.note);
    }
    m_list->setCurrentRow(entries.isEmpty() ? -1 : 0);
}

void Palette::run() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_entries.size()) {
        return;
    }
    const auto action = m_entries[row].run;
    hide();
    parentWidget()->setFocus();
    action();
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::FocusOut && isVisible()) {
        hide();
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int last = m_list->count() - 1;
        switch (key) {
        case Qt::Key_Down:
            m_list->setCurrentRow(qMin(m_list->currentRow() + 1, last));
            return true;
        case Qt::Key_Up:
            m_list->setCurrentRow(qMax(m_list->currentRow() - 1, qMin(0, last)));
            return true;
        case Qt::Key_PageDown:
            m_list->setCurrentRow(qMin(m_list->currentRow() + 8, last));
            return true;
        case Qt::Key_PageUp:
            m_list->setCurrentRow(qMax(m_list->currentRow() - 8, qMin(0, last)));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run();
            return true;
        case Qt::Key_Escape:
            hide();
            parentWidget()->setFocus();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Palette::retranslate() {
    m_field->setPlaceholderText(tr("Search actions, subjects, data"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_list->setAccessibleName(tr("Results"));
    m_hint->setText(tr("↑ ↓ choose · Enter open · Esc close"));
}

void Palette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void Palette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(style::tokens().control);
    painter.setBrush(style::tokens().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace kamei::ui::shell
