#include "ui/text/Sentences.h"

#include <QCoreApplication>

#include "ui/text/Words.h"

namespace kamei::ui::text {
namespace {

struct Sentences {
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

QString argument(const base::Error& error, std::size_t index) {
    return index < error.args.size() ? fromUtf8(error.args[index]) : QString();
}

QString filled(const QString& sentence, const QString& number) {
    return sentence.contains(QLatin1String("%1")) ? sentence.arg(number) : sentence;
}

/// What is wrong with an audit log, by the word of core/audit; %1 is the number of the entry.
QString auditBreak(const QString& what) {
    if (what == QLatin1String("removed")) {
        return Sentences::tr("Entry %1 of the audit log was removed.");
    }
    if (what == QLatin1String("inserted")) {
        return Sentences::tr("Entry %1 of the audit log was inserted later.");
    }
    if (what == QLatin1String("reordered")) {
        return Sentences::tr("Entries of the audit log were exchanged from number %1 on.");
    }
    if (what == QLatin1String("signature")) {
        return Sentences::tr("The signature of entry %1 of the audit log is missing or does not hold.");
    }
    if (what == QLatin1String("confirmation")) {
        return Sentences::tr("The confirmation recorded with entry %1 was changed, removed or added.");
    }
    if (what == QLatin1String("reviewer")) {
        return Sentences::tr("The person recorded with entry %1 was changed, removed or added.");
    }
    if (what == QLatin1String("state")) {
        return Sentences::tr("The workspace is not as it was when entry %1 was signed.");
    }
    if (what == QLatin1String("copy")) {
        return Sentences::tr(
            "This is an earlier state, or another copy, of a workspace in which work went on "
            "(entry %1 was another).");
    }
    if (what == QLatin1String("rows") || what == QLatin1String("schema")) {
        return Sentences::tr("The workspace's database was changed by other means than this program.");
    }
    if (what == QLatin1String("head")) {
        return Sentences::tr("The end of the audit log was changed.");
    }
    return Sentences::tr("Entry %1 of the audit log was changed.");
}

QString sourceSafe() {
    return Sentences::tr("The source was not changed; the other files are handled as usual.");
}

QString decisionsSafe() {
    return Sentences::tr("All decisions and processed files are as they were.");
}

QString nothingWritten() {
    return Sentences::tr("Nothing partial was written.");
}

QString excludeOrReplace() {
    return Sentences::tr("Import a readable copy, or exclude this file with a reason.");
}

/// Errors about input.
ErrorSentence inputSentence(const base::Error& error) {
    using E = base::ErrorCode;
    switch (error.code) {
    case E::NotFound:
        return {Sentences::tr("The file or item no longer exists."), decisionsSafe(),
                Sentences::tr("Check the place and try again.")};
    case E::NotReadable:
        return {Sentences::tr("The file could not be read."), sourceSafe(),
                Sentences::tr("Check its permissions and the medium, then import it again.")};
    case E::Empty:
        return {Sentences::tr("The file is empty."), sourceSafe(), excludeOrReplace()};
    case E::Truncated:
        return {Sentences::tr("The file ends too early."), sourceSafe(), excludeOrReplace()};
    case E::Malformed:
        return {Sentences::tr("The file is damaged or breaks its format."), sourceSafe(), excludeOrReplace()};
    case E::UnknownFormat:
        return {Sentences::tr("The format was not recognised."), sourceSafe(), excludeOrReplace()};
    case E::UnsupportedFormat:
        return {argument(error, 0).isEmpty()
                    ? Sentences::tr("This format is not supported yet.")
                    : Sentences::tr("The format %1 is not supported yet.").arg(argument(error, 0)),
                sourceSafe(), Sentences::tr("Exclude it with a reason, or convert it first.")};
    case E::UnsupportedEncoding:
        return {Sentences::tr("The character encoding could not be told for certain."), sourceSafe(),
                Sentences::tr("Convert the file to UTF-8 and import it again, or exclude it.")};
    case E::UnsupportedTransferSyntax:
        return {Sentences::tr("The picture's compression is not supported."), sourceSafe(),
                Sentences::tr("Export it from the archive with another compression, or exclude it.")};
    case E::Encrypted:
        return {Sentences::tr("The file is protected by a password."), sourceSafe(),
                Sentences::tr("Import a copy without protection, or exclude it with a reason.")};
    case E::TooLarge:
        return {argument(error, 0).isEmpty()
                    ? Sentences::tr("The file is larger than can be handled safely.")
                    : Sentences::tr("The file is larger than the limit of %1.").arg(argument(error, 0)),
                sourceSafe(), Sentences::tr("Split it, or exclude it with a reason.")};
    case E::TooDeep:
        return {Sentences::tr("The file is nested more deeply than is safe to read."), sourceSafe(),
                excludeOrReplace()};
    case E::TooManyEntries:
        return {Sentences::tr("The file or archive has more entries than is safe to read."), sourceSafe(),
                Sentences::tr("Split it into smaller ones, or exclude it with a reason.")};
    case E::EntityRefused:
        return {Sentences::tr("The document refers to outside entities, which Kamei never loads."),
                sourceSafe(), excludeOrReplace()};
    case E::PathRefused:
        return {Sentences::tr("An entry of the archive points outside of it and was refused."), sourceSafe(),
                Sentences::tr("Check where the archive comes from; exclude it with a reason.")};
    case E::SymlinkLoop:
        return {Sentences::tr("Links in the folder lead in a circle."), sourceSafe(),
                Sentences::tr("Import the folder that the link points to.")};
    case E::NotRegularFile:
        return {Sentences::tr("This is a device or a pipe, not a file."), sourceSafe(),
                Sentences::tr("Choose files or folders.")};
    case E::SourceChanged:
        return {Sentences::tr("A source file is no longer the one that was imported."), decisionsSafe(),
                Sentences::tr("Put the original back, or import the new one and decide again.")};
    case E::SourceMissing:
        return {Sentences::tr("A source file is no longer where it was imported from."), decisionsSafe(),
                Sentences::tr("Connect the medium or put the file back, then run the same action again.")};
    default:
        return {};
    }
}

/// Errors about the workspace.
ErrorSentence workspaceSentence(const base::Error& error) {
    using E = base::ErrorCode;
    switch (error.code) {
    case E::WorkspaceMissing:
        return {Sentences::tr("This folder is not a Kamei workspace."),
                Sentences::tr("Nothing was changed in it."),
                Sentences::tr("Choose a workspace folder, or make a new workspace.")};
    case E::WorkspaceDamaged:
        return {Sentences::tr("The workspace is damaged and was not opened."),
                Sentences::tr("Nothing was changed in it; the sources are untouched."),
                Sentences::tr("Restore the workspace folder from a backup.")};
    case E::WorkspaceNewer:
        return {
            error.args.size() >= 2
                ? Sentences::tr("The workspace was made by a newer Kamei (version %1; this one knows %2).")
                      .arg(argument(error, 0), argument(error, 1))
                : Sentences::tr("The workspace was made by a newer Kamei."),
            Sentences::tr("Nothing was changed in it."), Sentences::tr("Open it with the newer Kamei.")};
    case E::WorkspaceLocked:
        return {argument(error, 0).isEmpty()
                    ? Sentences::tr("Another Kamei is writing to this workspace.")
                    : Sentences::tr("Another Kamei (process %1) is writing to this workspace.")
                          .arg(argument(error, 0)),
                Sentences::tr("Nothing was changed."),
                Sentences::tr("Close it there, or open the workspace for reading only.")};
    case E::WorkspaceReadOnly:
        return {Sentences::tr("The workspace cannot be written to."),
                Sentences::tr("Everything in it can still be looked at."),
                Sentences::tr("Copy it to a medium that can be written to, or ask for permission.")};
    case E::WorkspaceExists:
        return {Sentences::tr("There is something in this folder already."),
                Sentences::tr("Nothing was changed in it."),
                Sentences::tr("Choose a new or an empty folder.")};
    case E::AuditBroken:
        return {filled(auditBreak(argument(error, 1)), argument(error, 0)),
                Sentences::tr("Nothing can be released; all data are still there."),
                Sentences::tr("Keep the workspace as it is and tell the person responsible.")};
    default:
        return {};
    }
}

/// Errors of doing something.
ErrorSentence doingSentence(const base::Error& error) {
    using E = base::ErrorCode;
    switch (error.code) {
    case E::InvalidArgument:
        return {Sentences::tr("A value is not possible here."), decisionsSafe(),
                Sentences::tr("Correct it and try again.")};
    case E::ReasonRequired:
        return {Sentences::tr("A required candidate is not processed without a written reason."),
                decisionsSafe(), Sentences::tr("Write the reason and try again.")};
    case E::PassphraseRequired:
        return {Sentences::tr("The deleted information is to be kept, and no passphrase was given that is "
                              "long enough."),
                nothingWritten(), Sentences::tr("Release again and give the passphrase twice.")};
    case E::NotPossible:
        if (argument(error, 0) == QLatin1String("unsigned")) {
            return {Sentences::tr("The rules of this workspace ask for a signature."), decisionsSafe(),
                    Sentences::tr("Sign in with your key (your name, above right) and try again.")};
        }
        if (argument(error, 0) == QLatin1String("continue-destroyed")) {
            return {
                Sentences::tr("The key of that workspace was destroyed at its release and nothing of it was "
                              "kept."),
                Sentences::tr("The same people cannot get the same pseudonyms and date shifts again."),
                Sentences::tr("Make a workspace that does not go on from it; its data cannot be joined to "
                              "what was released.")};
        }
        if (argument(error, 0) == QLatin1String("continue-unreleased")) {
            return {Sentences::tr("That workspace still has its key."), decisionsSafe(),
                    Sentences::tr("Open it and import the new data there.")};
        }
        if (argument(error, 0) == QLatin1String("continue-past")) {
            return {Sentences::tr("The day until which this deleted information may be kept has passed."),
                    nothingWritten(), Sentences::tr("It is to be destroyed, not used (3.8).")};
        }
        if (argument(error, 0) == QLatin1String("examiner")) {
            return {Sentences::tr("Who examines changes nothing but judgements."), decisionsSafe(),
                    Sentences::tr("Sign out to work with the data yourself.")};
        }
        if (argument(error, 0) == QLatin1String("face")) {
            return {
                Sentences::tr("After the removal a face is still seen, or voxels changed that must stay."),
                decisionsSafe(),
                Sentences::tr("Remove more of it, or overrule the check with a reason (5.4.4).")};
        }
        if (argument(error, 0) == QLatin1String("face-unchecked")) {
            return {Sentences::tr("The removal of the face has not been checked."), decisionsSafe(),
                    Sentences::tr("Stage again: the check follows.")};
        }
        if (argument(error, 0) == QLatin1String("deface")) {
            return {Sentences::tr("The face cannot be removed from these data."), decisionsSafe(),
                    Sentences::tr("Look at it under Face: keep it with a reason, or exclude the data.")};
        }
        if (argument(error, 0) == QLatin1String("nothing")) {
            return {Sentences::tr("Nothing is confirmed yet: there is nothing to draw from."),
                    decisionsSafe(), Sentences::tr("Confirm data by eye first.")};
        }
        return {Sentences::tr("This is not possible in the present state."), decisionsSafe(),
                Sentences::tr("Look at what changed since, and try again.")};
    case E::GateClosed:
        return {Sentences::tr("The conditions of release are not met."), nothingWritten(),
                Sentences::tr("Settle the open points on the release screen.")};
    case E::NothingToUndo:
        return {Sentences::tr("There is nothing to undo."), decisionsSafe(), Sentences::tr("Go on.")};
    case E::NoSpace:
        return {
            Sentences::tr("There is no space left on the disk."),
            Sentences::tr("Nothing partial was written; all decisions are kept."),
            Sentences::tr("Free some space, then run the same action again: it goes on where it stopped.")};
    case E::IoError:
        return {Sentences::tr("Reading from or writing to the disk failed."),
                Sentences::tr("Nothing partial was written; all decisions are kept."),
                Sentences::tr("Check the medium, then run the same action again.")};
    case E::PermissionDenied:
        return {Sentences::tr("You have no permission for this file or folder."), decisionsSafe(),
                Sentences::tr("Choose another place, or ask for permission.")};
    case E::OutOfMemory:
        return {Sentences::tr("There was not enough memory."),
                Sentences::tr("Nothing partial was written; all decisions are kept."),
                Sentences::tr("Close other programs, then run the same action again.")};
    case E::Cancelled:
        return {Sentences::tr("The action was cancelled."),
                Sentences::tr("What was finished is kept; nothing is partial."),
                Sentences::tr("Run the same action again to go on.")};
    default:
        break;
    }
    return {Sentences::tr("Something went wrong inside Kamei."),
            Sentences::tr("Nothing partial was written; all decisions are kept."),
            Sentences::tr("Try again; if it happens again, report the place: %1")
                .arg(error.place.empty() ? QStringLiteral("–") : fromUtf8(error.place))};
}

} // namespace

ErrorSentence sentence(const base::Error& error) {
    for (const auto& part : {inputSentence(error), workspaceSentence(error)}) {
        if (!part.what.isEmpty()) {
            return part;
        }
    }
    return doingSentence(error);
}

QString reason(const base::Error& error) {
    return sentence(error).what;
}

} // namespace kamei::ui::text
