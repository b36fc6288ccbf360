namespace Cascade.Support.Seeing;

/// <summary>A span as it arrived (opentelemetry-proto, trace/v1/trace.proto: Span).</summary>
/// <param name="Source">Who made it: the instrumentation scope.</param>
/// <param name="ParentId">Empty for the first of a trace.</param>
/// <param name="Attributes">Those that are text.</param>
public sealed record OtlpSpan(string Source, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A line of the log as it arrived (logs/v1/logs.proto: LogRecord).</summary>
/// <param name="Level">As text.</param>
public sealed record OtlpLine(string Source, string Level, string Body, string TraceId, IReadOnlyDictionary<string, string> Attributes);
