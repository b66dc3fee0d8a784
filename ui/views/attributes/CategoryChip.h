#pragma once

#include <QPushButton>

#include "core/model/Vocabulary.h"

namespace kamei::ui::views::attributes {

/// A filter button with a category's square and the number of its findings.
class CategoryChip : public QPushButton {
    Q_OBJECT

public:
    explicit CategoryChip(model::Category category, QWidget* parent = nullptr);
    void setCount(int count);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    model::Category m_category;
    int m_count = 0;
};

} // namespace kamei::ui::views::attributes
