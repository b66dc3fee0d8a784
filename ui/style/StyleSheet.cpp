#include "ui/style/StyleSheet.h"

#include <QColor>
#include <initializer_list>
#include <utility>

#include "ui/style/Theme.h"

namespace kamei::ui::style {
namespace {

// @name is a colour, #n# a length that grows with the font size.
constexpr char kSheet[] = R"(
* { outline: 0; }
QAbstractScrollArea { border: 0; }
QToolTip { background: @panel; color: @text; border: 1px solid @control; padding: 4px 6px; }

QWidget[surface="window"] { background: @window; }
QWidget[surface="panel"] { background: @panel; }
QWidget[surface="header"], QWidget[surface="section"] { background: @header; }
QFrame[surface="section"] { border: 0; border-top: 1px solid @line; border-bottom: 1px solid @line; }
QFrame[surface="card"] { background: @panel; border: 1px solid @line; border-radius: 4px; }
QFrame[surface="cardnow"] { background: @panel; border: 2px solid @accent; border-radius: 4px; }
QFrame[surface="bar"] { background: @panel; border: 0; border-bottom: 1px solid @line; }
QFrame[surface="footer"] { background: @panel; border: 0; border-top: 1px solid @line; }
QWidget[surface="viewer"] { background: #0F1115; color: #DEE3EA; }
QWidget[surface="viewerbar"] { background: #1A1D23; color: #DEE3EA; }
QFrame[surface="warn"] { background: @warnBack; border: 0; border-bottom: 1px solid @line; }
QFrame[surface="bad"] { background: @badBack; border: 0; border-bottom: 1px solid @bad; }
QFrame[surface="ok"] { background: @okBack; border: 0; border-radius: 4px; }
QFrame[line="h"] { background: @line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[line="v"] { background: @line; border: 0; min-width: 1px; max-width: 1px; }

QLabel { background: transparent; color: @text; }
QLabel[role="page"] { font-size: #18#px; font-weight: 700; }
QLabel[role="heading"] { font-size: #14#px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="section"] { font-size: #12#px; font-weight: 700; }
QLabel[role="small"] { font-size: #12#px; color: @text2; }
QLabel[role="smalltext"] { font-size: #12#px; color: @text; }
QLabel[role="smallstrong"] { font-size: #12#px; color: @text; font-weight: 700; }
QLabel[role="note"] { font-size: #11#px; color: @text2; }
QLabel[role="muted"] { color: @text2; }
QLabel[role="bad"] { color: @bad; }
QLabel[role="smallbad"] { font-size: #12#px; color: @bad; font-weight: 700; }
QLabel[role="badstrong"] { color: @bad; font-weight: 700; }
QLabel[role="warn"] { color: @warn; }
QLabel[role="smallwarn"] { font-size: #12#px; color: @warn; }
QLabel[role="ok"] { color: @ok; }
QLabel[role="okstrong"] { color: @ok; font-weight: 700; }
QLabel[role="number"] { font-size: #22#px; font-weight: 700; }
QLabel[role="numberbad"] { font-size: #22#px; font-weight: 700; color: @bad; }
QLabel[role="mono"] { font-family: "Noto Sans Mono CJK JP"; font-size: #12#px; }
QLabel[role="viewer"] { color: #DEE3EA; }
QWidget[surface="viewerbar"] QLabel[role="small"], QWidget[surface="viewer"] QLabel[role="small"] { color: #AEB6C2; }
QWidget[surface="viewerbar"] QLabel:disabled { color: #7F8997; }
QWidget[surface="viewerbar"] QToolButton { color: #DEE3EA; }
QWidget[surface="viewerbar"] QToolButton:disabled { color: #7F8997; }
QLabel:disabled { color: @disabled; }

QPushButton, QToolButton { background: @button; color: @text; border: 1px solid @control; border-radius: 4px;
  min-height: #26#px; padding: 0 #11#px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @selection; }
QPushButton:checked, QToolButton:checked { background: @selection; border-color: @accent; }
QPushButton:disabled, QToolButton:disabled { background: @alternate; color: @disabled; border-color: @line; }
QPushButton[kind="small"], QToolButton[kind="small"] { min-height: #22#px; padding: 0 #8#px; font-size: #12#px; }
QPushButton[kind="primary"], QPushButton[kind="final"] { background: @accent; color: @onAccent; border-color: @accent;
  font-weight: 700; }
QPushButton[kind="final"] { min-height: #34#px; }
QPushButton[kind="large"] { min-height: #34#px; }
QPushButton[kind="primary"]:hover, QPushButton[kind="final"]:hover { background: @accentHover; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="final"]:disabled { background: @alternate; color: @disabled;
  border-color: @line; font-weight: 400; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: @hover; }
QToolButton[kind="icon"] { background: transparent; border-color: transparent; padding: 0; min-height: #26#px;
  min-width: #26#px; }
QToolButton[kind="icon"]:hover { background: @hover; }
QPushButton[kind="link"] { background: transparent; border: 0; color: @accent; text-decoration: underline;
  padding: 0 1px; min-height: #18#px; font-size: #12#px; }
QPushButton[kind="link"]:hover { color: @text; }
QPushButton[kind="link"]:disabled { color: @disabled; }
QPushButton[kind="linkwarn"] { background: transparent; border: 0; color: @warn; text-decoration: underline;
  padding: 0 1px; min-height: #18#px; font-size: #12#px; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[segment] { border-radius: 0; min-height: #26#px; padding: 0 #10#px; font-size: #12#px; border-right: 0; }
QToolButton[segment="first"], QToolButton[segment="only"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QToolButton[segment="last"], QToolButton[segment="only"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px;
  border-right: 1px solid @control; }
QToolButton[segment]:checked { background: @accent; color: @onAccent; border-color: @accent; font-weight: 700; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QComboBox { background: @field; color: @text;
  border: 1px solid @control; border-radius: 4px; selection-background-color: @accent;
  selection-color: @onAccent; }
QLineEdit, QSpinBox, QDateEdit, QComboBox { min-height: #26#px; padding: 0 7px; }
QPlainTextEdit, QTextEdit { padding: 3px 4px; }
QLineEdit[kind="small"], QComboBox[kind="small"], QSpinBox[kind="small"], QDateEdit[kind="small"] { min-height: #22#px;
  font-size: #12#px; }
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus { border: 2px solid @accent; min-height: #24#px; padding: 0 6px; }
QLineEdit[kind="small"]:focus { min-height: #20#px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 2px 3px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDateEdit:disabled, QComboBox:disabled {
  background: @alternate; color: @disabled; border-color: @line; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border-color: @bad; }
QComboBox::drop-down { border: 0; width: #24#px; }
QComboBox::down-arrow { image: url(:/icons/theme/down-@mode.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @control; selection-background-color: @selection;
  selection-color: @text; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: #26#px; }
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button { border: 0; width: #18#px; }
QSpinBox::up-arrow, QDateEdit::up-arrow { image: url(:/icons/theme/up-@mode.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDateEdit::down-arrow { image: url(:/icons/theme/down-@mode.svg); width: 10px; height: 10px; }
QDateEdit::drop-down { border: 0; width: #24#px; }
QDateEdit::down-arrow { image: url(:/icons/theme/down-@mode.svg); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; color: @text; background: transparent; min-height: #20#px; }
QCheckBox:disabled, QRadioButton:disabled { color: @disabled; }
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator, QListView::indicator { width: 14px; height: 14px;
  border: 1px solid @control; border-radius: 3px; background: @field; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked,
QListView::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/theme/check-@mode.svg); }
QCheckBox::indicator:disabled { border-color: @line; background: @alternate; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @control; border-radius: 8px; background: @field; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; background: @onAccent; }

QMenuBar { background: @panel; color: @text; padding: 0; border: 0; }
QMenuBar::item { padding: 4px #9#px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @panel; color: @text; border: 1px solid @control; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 28px; min-height: #18#px; border-radius: 3px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QMenu::right-arrow { image: url(:/icons/theme/right-@mode.svg); width: 10px; height: 10px; }
QMenu::indicator:checked { image: url(:/icons/theme/tick-@mode.svg); width: 12px; height: 12px; padding-left: 8px; }

QTableView, QTreeView, QListView { background: @panel; alternate-background-color: @alternate; color: @text;
  border: 0; selection-background-color: @selection; selection-color: @text; gridline-color: @line; font-size: #12#px;
  show-decoration-selected: 1; }
QTableView::item, QTreeView::item, QListView::item { border: 0; padding: 0 4px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @selection; color: @text; }
QTableView::item:hover:!selected, QTreeView::item:hover:!selected, QListView::item:hover:!selected { background: @hover; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: @selection; }
QTreeView::branch:has-children:closed { image: url(:/icons/theme/right-@mode.svg); }
QTreeView::branch:has-children:open { image: url(:/icons/theme/down-@mode.svg); }
QHeaderView { background: @header; border: 0; }
QHeaderView::section { background: @header; color: @text; font-size: #12#px; font-weight: 700; border: 0;
  border-right: 1px solid @line; border-bottom: 1px solid @line; padding: 0 8px; min-height: #25#px; }
QTableCornerButton::section { background: @header; border: 0; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @control; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @line; border: 0; border-radius: 2px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px; background: @panel; border: 1px solid @control; }
QDialog, QMessageBox, QMainWindow { background: @window; }
QTabBar::tab { background: transparent; color: @text2; padding: 4px 12px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; font-weight: 700; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTextBrowser { background: @panel; border: 1px solid @line; border-radius: 4px; }
QGroupBox { border: 1px solid @line; border-radius: 4px; margin-top: 10px; padding-top: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; color: @text; }
)";

QString withLengths(const QString& sheet, const Theme& theme) {
    QString result;
    result.reserve(sheet.size());
    for (qsizetype at = 0; at < sheet.size(); ++at) {
        if (sheet[at] == QLatin1Char('#')) {
            const qsizetype end = sheet.indexOf(QLatin1Char('#'), at + 1);
            bool isNumber = false;
            const int length =
                end > at + 1 && end - at <= 4 ? sheet.mid(at + 1, end - at - 1).toInt(&isNumber) : 0;
            if (isNumber) {
                result += QString::number(theme.px(length));
                at = end;
                continue;
            }
        }
        result += sheet[at];
    }
    return result;
}

} // namespace

QString styleSheet(const Theme& theme) {
    const Tokens& t = theme.tokens();
    QString sheet = withLengths(QString::fromLatin1(kSheet), theme);
    // Longer names first: @textN before @text.
    const std::initializer_list<std::pair<const char*, QColor>> colours{
        {"@accentHover", theme.dark() ? t.accent.lighter(108) : t.accent.darker(112)},
        {"@onAccent", t.onAccent},
        {"@accent", t.accent},
        {"@alternate", t.alternate},
        {"@warnBack", t.warnBack},
        {"@badBack", t.badBack},
        {"@okBack", t.okBack},
        {"@window", t.window},
        {"@panel", t.panel},
        {"@header", t.header},
        {"@line", t.line},
        {"@control", t.control},
        {"@text2", t.text2},
        {"@text3", t.text3},
        {"@text", t.text},
        {"@disabled", t.disabled},
        {"@selection", t.selection},
        {"@hover", t.hover},
        {"@button", t.button},
        {"@field", t.field},
        {"@warn", t.warn},
        {"@bad", t.bad},
        {"@ok", t.ok},
    };
    for (const auto& [name, colour] : colours) {
        sheet.replace(QLatin1String(name), colour.name());
    }
    sheet.replace(QLatin1String("@mode"), theme.dark() ? QLatin1String("dark") : QLatin1String("light"));
    return sheet;
}

} // namespace kamei::ui::style
