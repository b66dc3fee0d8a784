#pragma once

#include <QWidget>

#include "ui/models/ColumnProfile.h"

namespace kamei::ui::views::table {

/// The distribution of a column: bars of equal classes for numbers and dates, the most frequent values
/// otherwise, with its numbers in words.
class ProfileView : public QWidget {
    Q_OBJECT

public:
    explicit ProfileView(QWidget* parent = nullptr);
    void setProfile(const QString& title, const models::ColumnProfile& profile);
    void clear();
    [[nodiscard]] QSize sizeHint() const override { return {220, 150}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
    models::ColumnProfile m_profile;
    bool m_shown = false;
};

} // namespace kamei::ui::views::table
