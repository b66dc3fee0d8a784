#include "ui/views/text/TextAccessible.h"

#include <QAccessibleWidget>

#include "ui/views/text/TextView.h"

namespace kamei::ui::views::text {
namespace {

class Interface final : public QAccessibleWidget {
public:
    explicit Interface(TextView* view) : QAccessibleWidget(view, QAccessible::Document) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Value) {
            return static_cast<const TextView*>(widget())->currentLine();
        }
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<TextView*>(object);
    return view == nullptr ? nullptr : new Interface(view);
}

} // namespace

void installTextAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace kamei::ui::views::text
