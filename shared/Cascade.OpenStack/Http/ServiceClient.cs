using System.Text.Json.Serialization.Metadata;
using Cascade.OpenStack.Keystone;

namespace Cascade.OpenStack.Http;

/// <summary>One service of one cloud: finds its endpoint, dresses requests with token and microversion, renews the token once.</summary>
public sealed class ServiceClient
{
    private readonly Transport transport;
    private readonly Identity identity;
    private readonly ServiceTraits traits;
    private readonly RawClient raw;
    private readonly ServiceTimeouts timeouts;
    private readonly VersionDiscovery discovery;

    internal ServiceClient(Transport transport, Identity identity, ServiceTraits traits)
    {
        this.transport = transport;
        this.identity = identity;
        this.traits = traits;
        timeouts = transport.Options.Timeouts.GetValueOrDefault(traits.Type, ServiceTimeouts.Default);
        raw = new RawClient(transport, traits.Type, timeouts);
        discovery = new VersionDiscovery(transport, traits);
    }

    /// <summary>Service type as in the catalog.</summary>
    public string Type => traits.Type;

    /// <summary>The clock of the machines that this service answers from.</summary>
    public CloudClock Clock => transport.ClockOf(traits.Type);

    internal TimeProvider Time => transport.Time;

    internal TimeSpan Patience => timeouts.Attempt;

    /// <summary>Where the service is, with the version in the path and without a slash at the end.</summary>
    public async Task<Uri> EndpointAsync(Scope scope, CancellationToken cancelled) =>
        new(Endpoints.Root(traits, transport.Options, await identity.TokenAsync(scope, cancelled)));

    /// <summary>The microversions that the service speaks, asked once and kept for ten minutes.</summary>
    public async Task<MicroversionRange> VersionsAsync(Scope scope, CancellationToken cancelled)
    {
        var token = await identity.TokenAsync(scope, cancelled);
        return await discovery.RangeAsync(Endpoints.Root(traits, transport.Options, token), token.Value, cancelled);
    }

    /// <summary>Whether the service knows the microversion, for instance <c>2.90</c>.</summary>
    public async Task<bool> SupportsAsync(Scope scope, string version, CancellationToken cancelled) =>
        (await VersionsAsync(scope, cancelled)).Supports(version);

    internal async Task<HttpResponseMessage> SendAsync(Scope scope, ApiRequest request, CancellationToken cancelled)
    {
        var version = await ChooseAsync(scope, request, cancelled);
        try
        {
            return await raw.SendAsync(request, (send, stop) => AttemptAsync(scope, request, version, send, stop), cancelled);
        }
        catch (CloudFault fault) when (fault.Status is 406)
        {
            // The service was downgraded, or another one stands behind the address now: ask it again next time.
            discovery.Forget();
            throw;
        }
    }

    /// <summary>What a stream that is read or written after the head of the answer needs for its faults.</summary>
    internal CloudFault Broke(Exception failed, ApiRequest request) => raw.NoAnswer(failed, request, request.Changes);

    internal async Task<T> SendAsync<T>(Scope scope, ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var answer = await SendAsync(scope, request, cancelled);
        return await raw.ReadAsync(answer, request, type, cancelled);
    }

    internal async Task<T> SendAsync<T>(Scope scope, ApiRequest request, Func<byte[], T> read, CancellationToken cancelled)
    {
        using var answer = await SendAsync(scope, request, cancelled);
        return await raw.ReadAsync(answer, request, read, cancelled);
    }

    /// <summary>Sends and forgets the body of the answer.</summary>
    internal async Task DoAsync(Scope scope, ApiRequest request, CancellationToken cancelled)
    {
        using var answer = await SendAsync(scope, request, cancelled);
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        Scope scope, ApiRequest request, Microversion? version, Send send, CancellationToken cancelled)
    {
        var token = await identity.TokenAsync(scope, cancelled);
        var service = scope is Scope.TokenScope { WithServiceToken: true } or Scope.OwnScope { WithServiceToken: true } ? await identity.TokenAsync(Scope.Own, cancelled) : null;
        var root = Endpoints.Root(traits, transport.Options, token);
        var answer = await send(root, message => Dress(message, token, service, version), cancelled);
        if ((int)answer.StatusCode is not 401 || (request.Streams && request.Content is not null))
        {
            return answer;
        }

        if (service is not null)
        {
            identity.Refuse(Scope.Own, service);
            service = await identity.TokenAsync(Scope.Own, cancelled);
            token = scope is Scope.OwnScope ? service : token;
        }
        else if (scope is Scope.TokenScope)
        {
            return answer;
        }
        else
        {
            OpenStack.Log.TokenRefused(transport.Log, transport.Options.Name, traits.Type, scope.ToString()!);
            identity.Refuse(scope, token);
            token = await identity.TokenAsync(scope, cancelled);
        }

        answer.Dispose();
        return await send(root, message => Dress(message, token, service, version), cancelled);
    }

    private void Dress(HttpRequestMessage message, Token token, Token? service, Microversion? version)
    {
        message.Headers.TryAddWithoutValidation("X-Auth-Token", token.Value);
        if (service is not null)
        {
            message.Headers.TryAddWithoutValidation("X-Service-Token", service.Value);
        }

        if (version is { } asked)
        {
            message.Headers.TryAddWithoutValidation("OpenStack-API-Version", $"{traits.HeaderName} {asked}");
        }
    }

    private async Task<Microversion?> ChooseAsync(Scope scope, ApiRequest request, CancellationToken cancelled)
    {
        if (traits.Newest is not { } newest)
        {
            return null;
        }

        var range = await VersionsAsync(scope, cancelled);
        return range.Best(request.Floor, request.Ceiling ?? newest) ?? throw new CloudFault(
            FaultKind.Unsupported,
            $"{traits.Type} of {transport.Options.Name} speaks {range.Min} to {range.Max}, but {request.FloorReason ?? request.Path} needs "
            + $"{(request.Floor is { } floor ? $"{floor} or newer" : $"{request.Ceiling ?? newest} or older")}")
        {
            Service = traits.Type,
            Request = $"{request.Method} {request.Path}",
        };
    }
}
