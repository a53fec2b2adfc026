internal import FaceModel
internal import Kernels
internal import Loudness
public import MediaIO

/// The versions, encoders, models and limits in use: the answer of `vprep doctor`.
public struct Diagnosis: Sendable {
  /// A linked library.
  public struct Library: Sendable {
    /// The library's name.
    public let name: String
    /// The version in use, which may be newer than the one built against.
    public let version: String
  }

  /// A kernel and the code path it takes.
  public struct KernelUse: Sendable {
    /// The kernel's name.
    public let name: String
    /// `portable`, `avx2`, `avx512` or `neon`.
    public let path: String
  }

  /// Version of vprep.
  public let version: String
  /// The media libraries.
  public let libraries: [Library]
  /// The best code path of this machine, or the one that `VPREP_KERNELS` asks for.
  public let kernels: String
  /// Every kernel.
  public let kernelPaths: [KernelUse]
  /// Encoders for outputs; without any, clips are only copied.
  public let encoders: [String]
  /// `embedded`, a folder, or `missing`.
  public let faceModel: String
  /// The containers that are read, by FFmpeg's names; all others are refused.
  public let containers: [String]
  /// The video codecs that are read.
  public let videoCodecs: [String]
  /// The audio codecs that are read.
  public let audioCodecs: [String]
  /// The input limits.
  public let limits: [InputLimits.Entry]

  /// The diagnosis of this process.
  public static var current: Diagnosis {
    Diagnosis(
      version: VPrepVersion.current,
      libraries: LibraryVersions.all.map { Library(name: $0.name, version: $0.version) }
        + [Library(name: "libebur128", version: LoudnessMeter.libraryVersion)],
      kernels: KernelPath.active.rawValue,
      kernelPaths: KernelCatalog.entries().map {
        KernelUse(name: $0.name, path: $0.path.rawValue)
      },
      encoders: VideoEncoder.available, faceModel: ModelStore.installed.state.description,
      containers: AcceptedMedia.containers, videoCodecs: AcceptedMedia.video.map(\.name.rawValue),
      audioCodecs: AcceptedMedia.audio.map(\.name.rawValue), limits: InputLimits.table)
  }
}
