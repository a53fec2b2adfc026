internal import CFFmpeg

/// Owner of one writable audio frame.
@safe struct AudioBuffer: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>

  init(format: AudioFormat, samples: Int, file: String) throws(MediaError) {
    guard let frame = unsafe allocated(av_frame_alloc()) else {
      throw .outOfMemory(.convert, file: file)
    }
    unsafe frame.pointee.format = format.sampleFormat.rawValue
    unsafe frame.pointee.sample_rate = Int32(format.sampleRate)
    unsafe frame.pointee.nb_samples = Int32(clamping: samples)
    unsafe av_channel_layout_default(&frame.pointee.ch_layout, Int32(format.channels))
    let code = unsafe av_frame_get_buffer(frame, 0)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVFrame>? = unsafe frame
      unsafe av_frame_free(&failed)
      throw MediaError(
        .convert, file: file, cause: .library, detail: "no buffer for audio", ffmpeg: code)
    }
    unsafe pointer = unsafe frame
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
    unsafe av_frame_free(&pointer)
  }
}

/// Owner of libavutil's sample queue: encoders want frames of one exact size.
@safe struct SampleQueue: ~Copyable {
  private let fifo: OpaquePointer
  private let file: String

  init(format: AudioFormat, file: String) throws(MediaError) {
    guard
      let fifo = unsafe allocated(
        av_audio_fifo_alloc(format.sampleFormat, Int32(format.channels), 4096))
    else { throw .outOfMemory(.encode, file: file) }
    unsafe self.fifo = unsafe fifo
    self.file = file
  }

  deinit { unsafe av_audio_fifo_free(fifo) }

  /// Samples a channel that wait.
  var count: Int { unsafe Int(av_audio_fifo_size(fifo)) }

  func write(_ buffer: borrowing AudioBuffer) throws(MediaError) {
    let count = unsafe buffer.pointer.pointee.nb_samples
    let wrote = unsafe buffer.pointer.pointee.extended_data.withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { unsafe av_audio_fifo_write(fifo, $0, count) }
    guard wrote >= 0 else {
      throw MediaError(
        .encode, file: file, cause: .library, detail: "the audio queue is full", ffmpeg: wrote)
    }
  }

  /// Moves the oldest samples into `buffer`; returns how many there were.
  func read(into buffer: borrowing AudioBuffer, count: Int) -> Int {
    unsafe buffer.pointer.pointee.extended_data.withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { unsafe Int(av_audio_fifo_read(fifo, $0, Int32(count))) }
  }
}
