package import Kernels

/// What the container and the codec parameters say about the video stream.
package struct VideoStreamInfo: Sendable, Equatable {
  package let index: Int
  package let codec: CodecName
  /// Coded size in pixels, before rotation and sample aspect.
  package let width: Int
  package let height: Int
  package let sampleAspect: Rational
  package let orientation: Orientation
  /// FFmpeg's pixel format name; empty when the header does not tell.
  package let pixelFormat: String
  /// What container and codec tell; the frames' own tags come before it.
  package let color: ColorDescription
  package let timeBase: Rational
  package let averageFrameRate: Rational
  /// The lowest rate with which all timestamps can be written.
  package let nominalFrameRate: Rational
  /// Seconds; `nil` when the header has none.
  package let headerDuration: Double?
  /// Frames as the header counts them, 0 when it does not.
  package let headerFrames: Int
  package let isInterlaced: Bool

  /// Size as a viewer sees it: square pixels, then turned upright.
  package var displaySize: (width: Int, height: Int) {
    orientation.displaySize(width: width, height: height, sampleAspect: sampleAspect)
  }
}

/// What the container and the codec parameters say about the audio stream.
package struct AudioStreamInfo: Sendable, Equatable {
  package let index: Int
  package let codec: CodecName
  /// Samples per second.
  package let sampleRate: Int
  package let channels: Int
  package let timeBase: Rational
  /// Seconds; `nil` when the header has none.
  package let headerDuration: Double?
}

/// A stream that is neither the video nor the audio stream that is judged.
package struct OtherStreamInfo: Sendable, Equatable {
  package let index: Int
  /// `video`, `audio`, `data`, `subtitle` or `attachment`.
  package let kind: String
  package let codec: CodecName
}
