import Foundation
import PackagePlugin

/// Puts the pinned face models into `Models/` before `CModels` embeds them.
///
/// It runs once, and again when the pins or the script change; `scripts/fetch.py` says where it looks.
/// Without the models it fails and says what to do, so no build goes on without them unnoticed.
@main
struct EmbedModels: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let package = context.package.directoryURL
    let script = package.appending(path: "scripts/fetch.py")
    let pins = package.appending(path: "scripts/models.json")
    // What depends on this file is compiled after it, so after the models are there.
    let note = context.pluginWorkDirectoryURL.appending(path: "models.sha256")
    return [
      .buildCommand(
        displayName: "Fetching the face models",
        executable: URL(filePath: "/usr/bin/env"),
        arguments: [
          "python3", script.path(percentEncoded: false), pins.path(percentEncoded: false),
          package.appending(path: "Models").path(percentEncoded: false),
          "--keep", "--from", "VPREP_MODELS", "--note", note.path(percentEncoded: false),
        ],
        inputFiles: [script, pins], outputFiles: [note])
    ]
  }
}
