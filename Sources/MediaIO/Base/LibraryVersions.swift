internal import CFFmpeg

/// The versions of the media libraries that this process runs with.
package enum LibraryVersions {
  /// FFmpeg's libraries, by name, as major.minor.micro.
  package static var all: [(name: String, version: String)] {
    [
      ("libavformat", text(avformat_version())),
      ("libavcodec", text(avcodec_version())),
      ("libavutil", text(avutil_version())),
      ("libswscale", text(swscale_version())),
      ("libswresample", text(swresample_version())),
    ]
  }

  private static func text(_ version: UInt32) -> String {
    "\(version >> 16).\(version >> 8 & 255).\(version & 255)"
  }
}
