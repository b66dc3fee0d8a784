#include "ui/screens/confirm/ConfirmScreen.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/review/Confirm.h"
#include "ui/screens/confirm/ContactSheet.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Badges.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/attributes/AttributeView.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/surface/HeadCompare.h"
#include "ui/views/text/TextView.h"

namespace kamei::ui::screens::confirm {
ConfirmScreen::ConfirmScreen(shell::AppContext& context, QWidget* parent) : Screen(context, parent) {
    setObjectName(QStringLiteral("confirmScreen"));
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("confirmSplitter"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(split);
    buildList();
    buildViewer();
    m_panel = new ConfirmPanel(this);
    split->addWidget(m_list->parentWidget());
    split->addWidget(m_pages->parentWidget());
    split->addWidget(m_panel);
    split->setStretchFactor(1, 1);
    split->setSizes({256, 780, 332});
    addActions();
    connectAll();
    retranslate();
}

void ConfirmScreen::buildList() {
    auto* side = style::surface("panel", this);
    side->setMinimumWidth(200);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    m_listTitle = style::label("heading");
    column->addWidget(style::panelHead(m_listTitle, &head, side));
    head->addStretch(1);
    m_order = new QComboBox(side);
    m_order->setObjectName(QStringLiteral("confirmOrder"));
    m_order->addItems({QString(), QString()});
    head->addWidget(m_order);
    auto* progress = new QVBoxLayout;
    progress->setContentsMargins(12, 8, 12, 8);
    m_count = style::label("strong");
    m_count->setObjectName(QStringLiteral("confirmCount"));
    m_tally = style::label("note");
    m_meter = new style::Meter(side);
    progress->addWidget(m_count);
    progress->addWidget(m_meter);
    progress->addWidget(m_tally);
    column->addLayout(progress);
    column->addWidget(style::horizontalLine(side));
    m_model = new ConfirmListModel(this);
    m_list = new QListView(side);
    m_list->setObjectName(QStringLiteral("confirmList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ConfirmDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    column->addWidget(m_list, 1);
}

void ConfirmScreen::buildViewer() {
    auto* centre = style::surface("viewer", this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    m_title = new style::ElidedLabel("heading", centre);
    column->addWidget(style::panelHead(m_title, &head, centre));
    head->addStretch(1);
    m_pictureModes = new style::Segments(centre);
    m_pictureModes->setObjectName(QStringLiteral("confirmPictureModes"));
    for (int i = 0; i <= kSurface; ++i) {
        m_pictureModes->add({});
    }
    m_textModes = new style::Segments(centre);
    m_textModes->setObjectName(QStringLiteral("confirmTextModes"));
    m_textModes->add({});
    m_textModes->add({});
    head->addWidget(m_pictureModes);
    head->addWidget(m_textModes);

    m_pages = new QStackedWidget(centre);
    m_nothing = style::label("muted");
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_picturePage = new QWidget;
    auto* pictures = new QVBoxLayout(m_picturePage);
    pictures->setContentsMargins(0, 0, 0, 0);
    pictures->setSpacing(0);
    m_image = new views::image::ImageView(context(), m_picturePage);
    m_image->setReadOnly(true);
    m_strip = new ContactSheet(context(), m_picturePage);
    m_strip->setFixedHeight(168);
    auto* stripHead = style::surface("viewerbar", m_picturePage);
    auto* stripRow = new QHBoxLayout(stripHead);
    stripRow->setContentsMargins(12, 4, 12, 4);
    m_stripTitle = style::label("small");
    m_shownCount = style::label("small");
    m_shownCount->setObjectName(QStringLiteral("shownCount"));
    m_shownMeter = new style::Meter(stripHead);
    stripRow->addWidget(m_stripTitle);
    stripRow->addStretch(1);
    stripRow->addWidget(m_shownCount);
    stripRow->addWidget(m_shownMeter);
    pictures->addWidget(m_image, 1);
    pictures->addWidget(stripHead);
    pictures->addWidget(m_strip);
    m_sheet = new ContactSheet(context());
    m_sheet->setTileWidth(ContactSheet::kCountsFrom + 24);
    auto* texts = new QSplitter(Qt::Horizontal);
    texts->setProperty("surface", QStringLiteral("panel"));
    texts->setAttribute(Qt::WA_StyledBackground);
    texts->setHandleWidth(1);
    m_before = new views::text::TextView(texts);
    m_after = new views::text::TextView(texts);
    m_before->setObjectName(QStringLiteral("confirmBefore"));
    m_after->setObjectName(QStringLiteral("confirmAfter"));
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_picturePage);
    m_pages->addWidget(m_sheet);
    m_pages->addWidget(texts);
    m_attributes = new views::attributes::AttributeView;
    m_attributes->setObjectName(QStringLiteral("confirmAttributes"));
    m_pages->addWidget(m_attributes);
    m_surface = new views::surface::HeadCompare(context().runner());
    m_pages->addWidget(m_surface);
    column->addWidget(m_pages, 1);
}

void ConfirmScreen::connectAll() {
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { select(index); });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] { reload({}); });
    connect(m_pictureModes, &style::Segments::chosen, this, &ConfirmScreen::setMode);
    connect(m_textModes, &style::Segments::chosen, this, [this](int id) { showOriginalText(id == 1); });
    connect(m_image, &views::image::ImageView::frameShown, this, [this](int frame) {
        // A picture that arrives while another page or screen is looked at was seen by nobody.
        if (m_image->isVisible()) {
            pictureShown(frame);
        }
    });
    connect(m_strip, &ContactSheet::chosen, m_image, &views::image::ImageView::setFrame);
    connect(m_sheet, &ContactSheet::chosen, this, [this](int frame) {
        m_pictureModes->setCurrent(0);
        setMode(0);
        m_image->setFrame(frame);
    });
    connect(m_sheet, &ContactSheet::tileShown, this, [this](int frame) {
        const auto rule = m_current ? review::lookRuleFor(m_current->row.asset.kind) : std::nullopt;
        if (rule && rule->overviewSuffices) {
            pictureShown(frame);
        }
    });
    for (QScrollBar* bar : {m_after->verticalScrollBar(), m_attributes->tree().verticalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, this, &ConfirmScreen::scrolled);
        connect(bar, &QScrollBar::rangeChanged, this, &ConfirmScreen::scrolled);
        // Before the bar moves: a page may have grown without its range.
        connect(bar, &QScrollBar::actionTriggered, this, &ConfirmScreen::scrolled);
    }
    connect(m_after, &views::text::TextView::firstRowChanged, m_before, &views::text::TextView::showRow);
    connect(m_panel, &ConfirmPanel::confirmed, this, &ConfirmScreen::confirm);
    connect(m_panel, &ConfirmPanel::sentBack, this, &ConfirmScreen::sendBack);
    connect(m_panel, &ConfirmPanel::overruled, this, &ConfirmScreen::overrule);
    connect(m_panel, &ConfirmPanel::decideWanted, this, [this] {
        shell::Route route;
        route.screen = shell::ScreenId::Work;
        route.asset = m_asset;
        context().go(route);
    });
    connect(&context(), &shell::AppContext::changed, this, [this](const job::Change&) {
        if (isVisible()) {
            reload({});
        }
    });
    connect(&context(), &shell::AppContext::reviewerChanged, this, [this] { reload({}); });
    connect(&context(), &shell::AppContext::sessionChanged, this, [this] {
        m_asset = {};
        reload({});
    });
}

void ConfirmScreen::retranslate() {
    m_listTitle->setText(tr("Confirm by eye"));
    const QStringList names{tr("Confirm this data"), tr("Send back…"),       tr("Next data"),
                            tr("Previous data"),     tr("Look on"),          tr("Look back"),
                            tr("Next picture"),      tr("Previous picture"), tr("Before / after"),
                            tr("All pictures"),      tr("Attributes"),       tr("Surface before and after")};
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        m_actions[i]->setText(names[i]);
    }
    const QSignalBlocker quiet(m_order);
    m_order->setItemText(0, tr("Unconfirmed first"));
    m_order->setItemText(1, tr("By subject"));
    m_order->setAccessibleName(tr("Order"));
    m_list->setAccessibleName(tr("Data to confirm"));
    const QStringList modes{tr("After only"),       tr("Side by side"),   tr("Swipe"),      tr("Flicker"),
                            tr("All pictures (V)"), tr("Attributes (T)"), tr("Surface (F)")};
    for (int i = 0; i < modes.size(); ++i) {
        m_pictureModes->setText(i, modes.at(i));
    }
    m_textModes->setText(0, tr("After only"));
    m_textModes->setText(1, tr("Side by side"));
    m_stripTitle->setText(tr("All pictures after processing; the eye marks those that were on the screen"));
    m_nothing->setText(
        tr("Nothing to confirm here yet. Decide, then stage; staged data appear in the list."));
    fillProgress();
    updateOutstanding();
}

void ConfirmScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

void ConfirmScreen::addActions() {
    const auto add = [this](const char* id, const QKeySequence& keys, const QString& icon, auto slot) {
        QAction* action = context().actions().add(QString::fromLatin1(id), {}, keys, icon);
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, slot);
        m_actions << action;
    };
    const auto move = [this](int by) {
        m_list->setCurrentIndex(m_model->index(m_list->currentIndex().row() + by));
    };
    add("confirm.confirm", Qt::Key_Return, QStringLiteral("check"), [this] {
        // Enter on a button is that button: nobody confirms by it who meant to send back.
        auto* button = qobject_cast<QAbstractButton*>(focusWidget());
        button != nullptr ? button->click() : confirm();
    });
    add("confirm.send-back", Qt::Key_Backspace, QStringLiteral("return"), [this] { sendBack(); });
    add("confirm.next", Qt::Key_PageDown, QStringLiteral("next"), [move] { move(1); });
    add("confirm.previous", Qt::Key_PageUp, QStringLiteral("previous"), [move] { move(-1); });
    add("confirm.look-on", Qt::Key_Space, QStringLiteral("down"), [this] { lookOn(1); });
    add("confirm.look-back", Qt::SHIFT | Qt::Key_Space, QStringLiteral("up"), [this] { lookOn(-1); });
    add("confirm.next-picture", Qt::Key_Right, QStringLiteral("next"),
        [this] { showPicture(m_image->frame() + 1); });
    add("confirm.previous-picture", Qt::Key_Left, QStringLiteral("previous"),
        [this] { showPicture(m_image->frame() - 1); });
    add("confirm.before-after", Qt::Key_Backslash, QStringLiteral("before-after"), [this] {
        style::Segments* modes = isRead() ? m_textModes : m_pictureModes;
        modes->setCurrent(modes->current() == 0 ? 1 : 0);
        isRead() ? showOriginalText(modes->current() == 1) : setMode(modes->current());
    });
    add("confirm.all-pictures", Qt::Key_V, QStringLiteral("frames"), [this] { toggleMode(kSheet); });
    add("confirm.attributes", Qt::Key_T, QStringLiteral("table"), [this] { toggleMode(kAttributes); });
    add("confirm.surface", Qt::Key_F, QStringLiteral("face"), [this] {
        if (m_current && m_current->defaced) {
            toggleMode(kSurface);
        }
    });
    m_actions.constFirst()->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    for (const char* id :
         {"confirm.next", "confirm.previous", "confirm.next-picture", "confirm.previous-picture"}) {
        shell::ActionRegistry::repeat(context().actions().action(QString::fromLatin1(id)));
    }
}

void ConfirmScreen::toggleMode(int id) {
    if (!isRead() && m_total > 0) {
        m_pictureModes->setCurrent(m_pictureModes->current() == id ? 0 : id);
        setMode(m_pictureModes->current());
    }
}

void ConfirmScreen::lookOn(int by) {
    if (isRead()) {
        scrolled(); // what is on the screen now counts, also where the page grew and nobody scrolled
        QScrollBar* bar = scrollBar();
        // An overlap, so that nothing falls between two pages.
        bar->setValue(bar->value() + by * std::max(1, bar->pageStep() - bar->singleStep()));
    } else if (m_pictureModes->current() == kAttributes) {
        QScrollBar* bar = m_attributes->tree().verticalScrollBar();
        bar->setValue(bar->value() + by * std::max(1, bar->pageStep() - bar->singleStep()));
    } else if (by > 0 && m_total > 0 && static_cast<int>(m_shown.size()) == m_total && lacksAttributes()) {
        toggleMode(kAttributes);
    } else if (m_total > 0 && m_shown.contains(m_image->frame())) {
        // Not before the present picture is there, and on to one that was not yet.
        int next = m_image->frame();
        do {
            next = (next - 1 + by + m_total) % m_total + 1; // frames count from 1
        } while (m_shown.contains(next) && next != m_image->frame());
        showPicture(next);
    }
}

void ConfirmScreen::showPicture(int frame) {
    if (isRead() || m_total == 0) {
        return;
    }
    if (m_pictureModes->current() >= kSheet) {
        m_pictureModes->setCurrent(0);
        setMode(0);
    }
    m_image->setFrame(std::clamp(frame, 1, m_total));
}

void ConfirmScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(true);
    }
}

void ConfirmScreen::hideEvent(QHideEvent* event) {
    Screen::hideEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(false);
    }
}

void ConfirmScreen::enter(const shell::Route& route) {
    m_entered = true;
    reload(route.asset);
    m_list->setFocus();
}

void ConfirmScreen::showSegments(bool pictures) {
    m_pictureModes->setVisible(pictures);
    m_textModes->setVisible(!pictures && m_reading == Reading::Text);
}

void ConfirmScreen::showOriginalText(bool shown) {
    m_before->setVisible(shown);
    m_sawOriginal = m_sawOriginal || shown;
}

void ConfirmScreen::setMode(int id) {
    using views::image::Compare;
    constexpr std::array kModes{Compare::After, Compare::SideBySide, Compare::Swipe, Compare::Flicker};
    m_sawSheet = m_sawSheet || id == kSheet;
    m_sawOriginal = m_sawOriginal || (id > 0 && id < kSheet);
    if (id >= kSheet) {
        m_pages->setCurrentIndex(static_cast<int>(id == kSheet        ? Page::Sheet
                                                  : id == kAttributes ? Page::Attributes
                                                                      : Page::Surface));
        attributesShown();
        return;
    }
    m_pages->setCurrentIndex(static_cast<int>(Page::Pictures));
    m_image->setCompare(kModes.at(static_cast<std::size_t>(id)));
}

void ConfirmScreen::attributesShown() {
    if (!isRead() && m_attributesThere && m_pictureModes->current() == kAttributes && isVisible()) {
        m_sawAttributes = true;
        updateOutstanding();
    }
}

bool ConfirmScreen::lacksAttributes() const {
    return !isRead() && m_current && model::isDicom(m_current->row.asset.kind) && !m_sawAttributes;
}

void ConfirmScreen::pictureShown(int frame) {
    if (isRead() || !m_current || m_current->row.stale || m_pictureModes->current() == -1) {
        return;
    }
    m_shown.insert(frame);
    m_strip->markShown(frame);
    m_strip->setCurrent(frame);
    m_sheet->markShown(frame);
    updateOutstanding();
}

QScrollBar* ConfirmScreen::scrollBar() const {
    return m_reading == Reading::Text ? m_after->verticalScrollBar()
                                      : m_attributes->tree().verticalScrollBar();
}

void ConfirmScreen::scrolled() {
    const QWidget* shown = m_reading == Reading::Text ? static_cast<QWidget*>(m_after) : m_attributes;
    if (!isRead() || !m_current || !m_there || !shown->isVisible()) {
        return;
    }
    const QScrollBar* bar = scrollBar();
    // Only what was reached without jumping over a part counts as seen.
    if (bar->value() <= m_reached) {
        m_reached = std::max(m_reached, bar->value() + bar->pageStep());
    }
    updateOutstanding();
}

int ConfirmScreen::reached() const {
    const QScrollBar* bar = scrollBar();
    const int end = bar->maximum() + bar->pageStep();
    return !m_there || end <= 0 ? 0 : static_cast<int>(std::int64_t{std::min(m_reached, end)} * 100 / end);
}

void ConfirmScreen::updateOutstanding() {
    QString sentence;
    if (isRead()) {
        if (!m_there) {
            sentence = tr("Being read; it can be confirmed once it has been on the screen.");
        } else if (reached() < 100) {
            sentence = tr("Scroll to the end to confirm: %1 % was on the screen.").arg(reached());
        }
    } else if (m_total > 0) {
        const int left = m_total - static_cast<int>(m_shown.size());
        m_shownCount->setText(tr("shown %1 of %2").arg(m_shown.size()).arg(m_total));
        m_shownMeter->setValue(m_shown.size(), m_total);
        if (left > 0) {
            sentence = tr("%n more picture(s) to be shown before you can confirm.", nullptr, left);
        } else if (lacksAttributes()) {
            sentence =
                tr("Its attributes leave with it: open them once (T, or go on with Space) to confirm.");
        }
    } else {
        sentence = tr("This kind of data cannot be shown yet; take it out of the release under Decide.");
    }
    m_panel->setOutstanding(sentence);
}

} // namespace kamei::ui::screens::confirm
