// What jobs and their parts are called.
#include <QCoreApplication>

#include "ui/text/Words.h"

namespace kamei::ui::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString jobName(const QString& word) {
    if (word == QLatin1String("import")) {
        return Words::tr("Importing");
    }
    if (word == QLatin1String("detect")) {
        return Words::tr("Finding candidates");
    }
    if (word == QLatin1String("stage")) {
        return Words::tr("Processing");
    }
    if (word == QLatin1String("release")) {
        return Words::tr("Releasing");
    }
    if (word == QLatin1String("verify")) {
        return Words::tr("Verifying");
    }
    if (word == QLatin1String("demo")) {
        return Words::tr("Preparing the demo");
    }
    if (word == QLatin1String("track")) {
        return Words::tr("Following the mask");
    }
    return word;
}

QString phaseName(const QString& word) {
    if (word == QLatin1String("scan")) {
        return Words::tr("Looking for files");
    }
    if (word == QLatin1String("read")) {
        return Words::tr("Reading");
    }
    if (word == QLatin1String("detect")) {
        return Words::tr("Finding candidates");
    }
    if (word == QLatin1String("stage")) {
        return Words::tr("Processing");
    }
    if (word == QLatin1String("faces")) {
        return Words::tr("Checking faces");
    }
    if (word == QLatin1String("search")) {
        return Words::tr("Residual search");
    }
    if (word == QLatin1String("copy")) {
        return Words::tr("Copying");
    }
    if (word == QLatin1String("verify")) {
        return Words::tr("Verifying");
    }
    if (word == QLatin1String("track")) {
        return Words::tr("Following the mask");
    }
    return word;
}

} // namespace kamei::ui::text
