#include "ui/screens/work/Breakable.h"

namespace kamei::ui::screens::work {

QString breakable(const QString& words, int longest) {
    constexpr QChar kBreak(0x200B); // zero width space
    QString out;
    out.reserve(words.size());
    int run = 0;
    for (const QChar c : words) {
        run = c.isSpace() ? 0 : run + 1;
        out += c;
        const bool atSign = run > longest / 2 && !c.isLetterOrNumber() && !c.isSurrogate() && !c.isMark();
        if ((atSign || run >= longest) && !c.isHighSurrogate()) {
            out += kBreak;
            run = 0;
        }
    }
    return out;
}

} // namespace kamei::ui::screens::work
