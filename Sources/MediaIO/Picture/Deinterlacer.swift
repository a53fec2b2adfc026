internal import CFFmpeg
internal import Kernels

/// Makes progressive frames of interlaced ones, one for one, each at its first field's time.
///
/// See `FieldInterpolation`. It remembers the frame before, which tells what moves.
@safe struct Deinterlacer: ~Copyable {
  private var previous: VideoFrame?

  /// Frames further apart than this many seconds do not follow each other.
  private static let longestStep = 0.2

  /// - Parameter frame: any planar frame; one that is flagged progressive comes back as it is.
  mutating func progressive(
    _ frame: consuming VideoFrame, file: String
  ) throws(MediaError) -> VideoFrame {
    guard frame.isInterlaced else {
      previous = nil
      return frame
    }
    var result = try Self.empty(like: frame, file: file)
    let deep = frame.layout.bitDepth > 8
    let planes = 0..<(frame.layout.hasChroma ? 3 : 1)
    if let earlier = previous.take(), Self.follows(frame, earlier) {
      for index in planes {
        deep
          ? Self.fill(&result, index, from: frame, after: earlier, as: UInt16.self)
          : Self.fill(&result, index, from: frame, after: earlier, as: UInt8.self)
      }
    } else {
      for index in planes {
        deep
          ? Self.fill(&result, index, from: frame, as: UInt16.self)
          : Self.fill(&result, index, from: frame, as: UInt8.self)
      }
    }
    previous = consume frame
    return result
  }
  /// Whether `frame` comes next after `earlier` in one and the same clip.
  private static func follows(_ frame: borrowing VideoFrame, _ earlier: borrowing VideoFrame)
    -> Bool
  {
    (0...longestStep).contains(frame.time - earlier.time) && earlier.layout == frame.layout
      && earlier.width == frame.width && earlier.height == frame.height
  }

  private static func fill<Sample: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ result: inout VideoFrame, _ index: Int, from frame: borrowing VideoFrame,
    as sample: Sample.Type
  ) {
    let (depth, keepsEven) = (frame.layout.bitDepth, frame.isTopFieldFirst)
    frame.withSamples(index, as: sample) { current, shape in
      result.withMutableSamples(index, as: sample) { output, target in
        FieldInterpolation.apply(
          current, previous: nil, shape: shape, previousStride: shape.stride,
          keepsEvenRows: keepsEven, bitDepth: depth, into: &output, stride: target.stride)
      }
    }
  }

  private static func fill<Sample: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ result: inout VideoFrame, _ index: Int, from frame: borrowing VideoFrame,
    after earlier: borrowing VideoFrame, as sample: Sample.Type
  ) {
    let (depth, keepsEven) = (frame.layout.bitDepth, frame.isTopFieldFirst)
    frame.withSamples(index, as: sample) { current, shape in
      earlier.withSamples(index, as: sample) { before, beforeShape in
        result.withMutableSamples(index, as: sample) { output, target in
          FieldInterpolation.apply(
            current, previous: before, shape: shape, previousStride: beforeShape.stride,
            keepsEvenRows: keepsEven, bitDepth: depth, into: &output, stride: target.stride)
        }
      }
    }
  }

  /// A frame of the same size, format, colours and time with planes of its own.
  private static func empty(
    like frame: borrowing VideoFrame, file: String
  ) throws(MediaError) -> VideoFrame {
    guard let new = unsafe allocated(av_frame_alloc()) else {
      throw .outOfMemory(.convert, file: file)
    }
    unsafe new.pointee.format = unsafe frame.pointer.pointee.format
    unsafe new.pointee.width = unsafe frame.pointer.pointee.width
    unsafe new.pointee.height = unsafe frame.pointer.pointee.height
    unsafe av_frame_copy_props(new, frame.pointer)
    let code = unsafe av_frame_get_buffer(new, 0)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVFrame>? = unsafe new
      unsafe av_frame_free(&failed)
      throw MediaError(
        .convert, file: file, cause: .library, detail: "no buffer for a picture", ffmpeg: code)
    }
    unsafe cff_set_progressive(new)
    return unsafe VideoFrame(owning: new, layout: frame.layout, time: frame.time)
  }
}
