internal import CFFmpeg

/// FFmpeg's own log, which is silent here: what matters is in errors and warnings of the report.
enum FFmpegLog {
  /// Evaluated once a process, before FFmpeg is used first.
  static let silenced: Void = av_log_set_level(AV_LOG_QUIET)
}
