using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

/// <summary>One request to one service, as often as it may have to be sent.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Without the question mark.</summary>
    public string? Query { get; init; }

    /// <summary>Makes the body anew for each attempt; null sends none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Newest microversion wanted; null asks the newest this library knows.</summary>
    public Microversion? Ceiling { get; init; }

    /// <summary>Oldest microversion that knows what is asked; an older service is <see cref="FaultKind.Unsupported"/>.</summary>
    public Microversion? Floor { get; init; }

    /// <summary>What needs the floor, for the error.</summary>
    public string? FloorReason { get; init; }

    /// <summary>A PUT that may be sent twice with one effect.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Header <c>If-Match</c>.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Bytes go or come as a stream: no time-outs of ours, the body is not buffered, and nothing is repeated.</summary>
    public bool Streams { get; init; }

    public bool MayRepeat => !Streams && (Idempotent || Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Delete);

    public bool Changes => Method != HttpMethod.Get && Method != HttpMethod.Head;

    public static ApiRequest Get(string path, string? query = null) => new(HttpMethod.Get, path) { Query = query };

    public static ApiRequest Delete(string path) => new(HttpMethod.Delete, path);

    public static ApiRequest Post<T>(string path, T body, JsonTypeInfo<T> type) =>
        new(HttpMethod.Post, path) { Content = () => new JsonBody<T>(body, type) };

    /// <summary>A PUT that replaces the whole of something is idempotent; say otherwise where it carries a generation.</summary>
    public static ApiRequest Put<T>(string path, T body, JsonTypeInfo<T> type, bool idempotent) =>
        new(HttpMethod.Put, path) { Content = () => new JsonBody<T>(body, type), Idempotent = idempotent };
}
