using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// The contents page of a topic: what is answered and what is declined, by name and with the reason. Built once, then only read.
/// </summary>
/// <example><code>
/// new RpcTable("compute", new(6, 4))
///     .In("baseapi", new(1, 1))
///     .Answer&lt;BuildAndRunInstanceCall, BuildAndRunInstanceHandler&gt;()
///     .Decline("live_migration", "a child cloud moves its own servers")
///     .On(services)
/// </code></example>
public sealed class RpcTable
{
    readonly Dictionary<string, RpcSection> sections = new(StringComparer.Ordinal);
    Func<RpcRequest, RpcFault> unlisted = request => OsloFaults.NoSuchMethod(request.Method);

    /// <param name="topic">For the reader.</param>
    /// <param name="version">The newest version of the default namespace that is served.</param>
    public RpcTable(string topic, RpcVersion version)
    {
        Topic = topic;
        sections[""] = new(null, version);
    }

    public string Topic { get; }

    /// <summary>Every method of the page, for a test that holds it against the upstream manager.</summary>
    public IEnumerable<RpcTableEntry> Methods => sections.Values.SelectMany(section => section.Entries);

    /// <summary>Opens a namespace with a version of its own, as a native service has one endpoint for each.</summary>
    public RpcTable In(string @namespace, RpcVersion version)
    {
        sections.Add(@namespace, new(@namespace, version));
        return this;
    }

    /// <summary>The namespace is that of <typeparamref name="TCall"/>'s name.</summary>
    public RpcTable Answer<TCall, THandler>()
        where TCall : IRpcCall<TCall>
        where THandler : class, IHandle<TCall>
    {
        var name = TCall.Name;
        Section(name.Namespace, name.Method).Add(
            new(name.Method, name.Namespace, typeof(THandler), null),
            (services, request, cancelled) =>
            {
                var call = RpcArguments.Read<TCall>(request);
                var handler = services.GetService(typeof(THandler)) as THandler
                    ?? throw new InvalidOperationException($"{typeof(THandler).Name} is not registered");
                return handler.HandleAsync(call, request.Context, cancelled);
            });
        return this;
    }

    /// <summary>Known and not done here: the caller hears NotImplementedError with the reason.</summary>
    public RpcTable Decline(string method, string reason, string? @namespace = null) =>
        Decline(method, () => OsloFaults.NotImplemented($"{method}: {reason}"), reason, @namespace);

    /// <summary>Known and not done here: the caller hears what makes its API answer rightly.</summary>
    public RpcTable Decline(string method, Func<RpcFault> fault, string reason, string? @namespace = null)
    {
        Section(@namespace, method).Add(
            new(method, @namespace, null, reason), (_, _, _) => Task.FromException<JsonNode?>(fault()));
        return this;
    }

    /// <summary>What an unlisted method is answered with, where the contract wants something else than NoSuchMethod.</summary>
    public RpcTable Unlisted(Func<RpcRequest, RpcFault> fault)
    {
        unlisted = fault;
        return this;
    }

    /// <summary>The page with the handlers of <paramref name="services"/>, ready for a server.</summary>
    public IRpcEndpoint On(IServiceProvider services) => new RpcTableEndpoint(this, services);

    /// <summary>oslo_messaging/rpc/dispatcher.py: RPCDispatcher.dispatch.</summary>
    internal RpcAnswer Find(RpcRequest request)
    {
        if (!sections.TryGetValue(request.Namespace ?? "", out var section) || !section.Version.Serves(request.Version))
        {
            throw new UnservableException(OsloFaults.UnsupportedVersion(request));
        }

        return section.Find(request.Method) ?? throw new UnservableException(unlisted(request));
    }

    RpcSection Section(string? @namespace, string method) =>
        sections.TryGetValue(@namespace ?? "", out var section)
            ? section
            : throw new ArgumentException($"{method}: open the namespace {@namespace} with In() first", nameof(@namespace));
}
