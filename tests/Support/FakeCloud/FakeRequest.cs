namespace Cascade.Support;

/// <summary>A request as it arrived, for assertions.</summary>
public sealed record FakeRequest
{
    public required int Number { get; init; }

    /// <summary>On the clock of the cloud.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>identity</c>, <c>compute</c>, <c>placement</c>, <c>image</c>, <c>network</c>, <c>block-storage</c>.</summary>
    public required string Service { get; init; }

    public required string Method { get; init; }

    /// <summary>Below the service's root: <c>/servers/detail</c>.</summary>
    public required string Path { get; init; }

    public required string Query { get; init; }

    public required string Body { get; init; }

    /// <summary>By name in lower case; tokens included, since tests ask for them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The id that this cloud gave the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The caller's <c>X-OpenStack-Request-ID</c>.</summary>
    public string? GlobalRequestId => Headers.GetValueOrDefault("x-openstack-request-id");

    /// <summary>The microversion asked for, without the service's name.</summary>
    public string? Microversion => Headers.GetValueOrDefault("openstack-api-version")?.Split(' ').Last();

    public string? ProjectId { get; set; }

    public string? UserId { get; set; }

    /// <summary>What was answered; 0 when the connection was cut, or not yet.</summary>
    public int Status { get; set; }

    /// <summary>Octets of the answer.</summary>
    public int Length { get; set; }

    public override string ToString() => $"#{Number} {Method} {Service}{Path}{(Query.Length > 0 ? "?" + Query : "")} -> {Status}";
}
