using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Support.Parent;

/// <summary>
/// A parent's conductor with its database in memory: what nova/conductor/manager.py and nova/objects do with what a compute sends. It is as strict as
/// the real one where that matters: expected task states, whole replacement of dictionaries, report_count, actions by request id, claimed versions.
/// </summary>
public sealed partial class FakeConductor(TimeProvider time) : IRpcEndpoint
{
    readonly Lock one = new();
    readonly List<FakeConductorCall> calls = [];
    long nextId = 1;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>SERVICE_VERSION of the conductors: 64 is Zed.</summary>
    public int ConductorVersion { get; set; } = 64;

    /// <summary>Hosts that a nova-manage cell_v2 discover_hosts has found.</summary>
    public ISet<string> MappedHosts { get; } = new HashSet<string>();

    /// <summary>False for a conductor without an API database: HostMapping fails there with a database error.</summary>
    public bool HasApiDatabase { get; set; } = true;

    /// <summary>When set, a call that it answers true for is swallowed: the caller waits in vain.</summary>
    public Func<FakeConductorCall, bool>? Swallow { get; set; }

    /// <summary>When set, it may throw the fault that the call shall fail with.</summary>
    public Action<FakeConductorCall>? Before { get; set; }

    /// <summary>Every call so far, in order.</summary>
    public IReadOnlyList<FakeConductorCall> Calls
    {
        get
        {
            lock (one)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>Casts of build_instances: what was handed back for another host.</summary>
    public IReadOnlyList<JsonObject> Rescheduled
    {
        get
        {
            lock (one)
            {
                return [.. rescheduled];
            }
        }
    }

    readonly List<JsonObject> rescheduled = [];

    public async Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
    {
        var args = JsonNode.Parse(request.Arguments.GetRawText())!.AsObject();
        var call = new FakeConductorCall(request.Method, request.Namespace, request.Version, args, request.Context);
        if (Swallow?.Invoke(call) == true)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancelled);
        }

        Before?.Invoke(call);
        try
        {
            lock (one)
            {
                calls.Add(call);
                return Serve(call);
            }
        }
        catch (Exception broken) when (broken is not RpcFault)
        {
            // A test shall see what it fell over, in the agent's log too.
            throw new RpcFault("builtins", "AssertionError", $"{call.ObjectMethod}: {broken}");
        }
        finally
        {
            Touched();
        }
    }

    /// <summary>Ends when the condition holds; it is asked after every call and every edit.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time; names what was called last.</exception>
    public async Task UntilAsync(Func<FakeConductor, bool> condition, TimeSpan? patience = null)
    {
        var limit = patience ?? TimeSpan.FromSeconds(30);
        using var stop = new CancellationTokenSource(limit, TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (condition(this))
            {
                return;
            }

            try
            {
                await next.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"not within {limit}; the last calls were {string.Join("; ", Calls.TakeLast(12).Select(call => call.ObjectMethod))}", late);
            }
        }
    }

    void Touched() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    JsonNode? Serve(FakeConductorCall call)
    {
        CheckContext(call.Context);
        switch (call.Method)
        {
            case "ping":
                return new JsonObject { ["service"] = "conductor", ["arg"] = call.Arguments["arg"]?.DeepClone() };
            case "build_instances" when call.Namespace == "compute_task":
                rescheduled.Add(call.Arguments);
                return null;
            case "migrate_server" when call.Namespace == "compute_task":
                return MigrateServer(call);
            case "object_class_action_versions":
                return ClassAction(call);
            case "object_action":
                var target = VersionedObject.Read(call.Arguments["objinst"]);
                CheckVersion(target.Name, target.Version);
                var (updates, result) = ObjectAction(call, target);
                updates["obj_what_changed"] ??= new JsonArray();
                return new JsonArray(updates, result);
            default:
                throw new RpcFault("oslo_messaging.rpc.dispatcher", "NoSuchMethod", $"Endpoint does not support RPC method {call.Method}");
        }
    }

    JsonNode? ClassAction(FakeConductorCall call)
    {
        foreach (var (name, version) in call.Arguments["object_versions"]!.AsObject())
        {
            CheckVersion(name, version!.GetValue<string>());
        }

        var args = call.Arguments["args"]!.AsArray();
        var kwargs = call.Arguments["kwargs"]!.AsObject();
        return (call.ObjectMethod) switch
        {
            "Service.get_minimum_version" => MinimumVersion(args[0]!.GetValue<string>()),
            "ServiceList.get_by_binary" => ServiceList(args[0]!.GetValue<string>()),
            "Service.get_by_host_and_binary" => FindService(args[0]!.GetValue<string>(), args[1]!.GetValue<string>()),
            "Service.get_by_compute_host" => FindService(args[0]!.GetValue<string>(), "nova-compute"),
            "HostMapping.get_by_host" => FindMapping(args[0]!.GetValue<string>()),
            "ComputeNode.get_by_uuid" => FindNode(node => Is(node, "uuid", args[0]), args[0]!),
            "ComputeNode.get_by_host_and_nodename" => FindNode(node => Is(node, "host", args[0]) && Is(node, "hypervisor_hostname", args[1]), args[0]!),
            "Instance.get_by_uuid" => Envelope("Instance", Find(call.Context, args[0]!.GetValue<string>())),
            "InstanceList.get_by_host" => InstanceList(call.Context, row => Is(row, "host", args[0])),
            "InstanceList.get_by_filters" => InstanceList(call.Context, row => Matches(row, args[0]!.AsObject())),
            "InstanceList.get_uuids_by_host" => UuidsOn(args[0]),
            "InstanceList._get_active_by_window_joined" => ActiveIn(args),
            "TaskLog.get" => FindTaskLog(args),
            "InstanceGroup.get_by_uuid" => FindGroup("uuid", args[0]),
            "InstanceGroup.get_by_name" => FindGroup("name", args[0]),
            "InstanceActionEvent.event_start" => EventStart(call.Context, args, kwargs),
            "InstanceActionEvent.event_finish_with_failure" => EventFinish(call.Context, args, kwargs),
            "InstanceAction.action_start" => ActionStart(call.Context, args),
            "BlockDeviceMappingList.get_by_instance_uuid" => BdmList(args[0]!.GetValue<string>()),
            "BlockDeviceMapping.get_by_volume_and_instance" => FindBdm(args[0]!.GetValue<string>(), args[1]!.GetValue<string>()),
            "BlockDeviceMappingList.get_by_instance_uuids" => BdmList([.. args[0]!.AsArray().Select(uuid => uuid!.GetValue<string>())]),
            "VirtualInterface.get_by_uuid" => FindInterface(args[0]!.GetValue<string>()),
            "VirtualInterface.delete_by_instance_uuid" => DeleteInterfaces(args[0]!.GetValue<string>()),
            "VirtualInterfaceList.get_by_instance_uuid" => InterfaceList(args[0]!.GetValue<string>()),
            "Migration.get_by_id" => FindMigration(args[0]!),
            "MigrationList.get_by_filters" => MigrationList(row => Matches(row, args[0]!.AsObject())),
            "MigrationList.get_in_progress_by_host_and_node" => InProgress(args[0], args[1]),
            "MigrationList.get_unconfirmed_by_dest_compute" => Unconfirmed(args),
            "ConsoleAuthToken.clean_console_auths_for_instance" => CleanConsoles(args[0]!.GetValue<string>()),
            var other => throw new RpcFault("nova.exception", "UnsupportedObjectError", $"Unsupported object type or method {other}"),
        };
    }

    (JsonObject Updates, JsonNode? Result) ObjectAction(FakeConductorCall call, VersionedObject target) => call.ObjectMethod switch
    {
        "Service.create" => (CreateService(target), null),
        "Service.save" => (SaveService(target), null),
        "ComputeNode.create" => (CreateNode(target), null),
        "ComputeNode.save" => (SaveNode(target), null),
        "Instance.save" => (SaveInstance(call.Context, target, call.Arguments["kwargs"]!.AsObject()), null),
        "Instance.destroy" => (DestroyInstance(call.Context, target), null),
        "Instance.drop_migration_context" => (DropMigrationContext(call.Context, target), null),
        "Migration.save" => (SaveMigration(target), null),
        "InstanceGroup.get_hosts" => ([], GroupHosts(target, call.Arguments["kwargs"]!.AsObject())),
        "TaskLog.begin_task" => (BeginTask(target), null),
        "TaskLog.end_task" => (EndTask(target), null),
        "InstanceFault.create" => (CreateFault(target), null),
        "InstanceInfoCache.save" => (SaveInfoCache(call.Context, target), null),
        "VirtualInterface.create" => (CreateInterface(target), null),
        "VirtualInterface.destroy" => (DestroyInterface(target), null),
        "BlockDeviceMapping.create" => (CreateBdm(target), null),
        "BlockDeviceMapping.save" => (SaveBdm(target), null),
        "BlockDeviceMapping.destroy" => (DestroyBdm(target), null),
        var other => throw new RpcFault("nova.exception", "UnsupportedObjectError", $"Unsupported object type or method {other}"),
    };

    /// <summary>nova/context.py: RequestContext parses the timestamp strictly, and every call fails when it cannot.</summary>
    static void CheckContext(RpcContext context)
    {
        if (context.Members["timestamp"] is JsonValue value && value.TryGetValue<string>(out var stamp)
            && !DateTime.TryParseExact(stamp, "yyyy-MM-dd'T'HH:mm:ss.ffffff", null, System.Globalization.DateTimeStyles.None, out _))
        {
            throw new RpcFault("builtins", "ValueError", $"time data '{stamp}' does not match format '%Y-%m-%dT%H:%M:%S.%f'");
        }
    }

    /// <summary>A claimed version newer than Zed's is what sends a real conductor into recursion.</summary>
    static void CheckVersion(string name, string version)
    {
        if (Known.GetValueOrDefault(name) is not { } known || RpcVersion.Parse(version) > RpcVersion.Parse(known))
        {
            throw new RpcFault(
                "oslo_versionedobjects.exception", "IncompatibleObjectVersion", $"Version {version} of {name} is not supported, supported version is {Known.GetValueOrDefault(name)}");
        }
    }

    static readonly Dictionary<string, string> Known = new()
    {
        ["BlockDeviceMapping"] = "1.21",
        ["BlockDeviceMappingList"] = "1.18",
        ["ComputeNode"] = "1.19",
        ["ConsoleAuthToken"] = "1.1",
        ["HVSpec"] = "1.2",
        ["HostMapping"] = "1.0",
        ["Instance"] = "2.7",
        ["InstanceAction"] = "1.2",
        ["InstanceActionEvent"] = "1.4",
        ["InstanceFault"] = "1.2",
        ["InstanceGroup"] = "1.11",
        ["InstanceInfoCache"] = "1.5",
        ["InstanceList"] = "2.6",
        ["Migration"] = "1.7",
        ["MigrationContext"] = "1.2",
        ["MigrationList"] = "1.5",
        ["PciDevicePool"] = "1.1",
        ["PciDevicePoolList"] = "1.1",
        ["Service"] = "1.22",
        ["ServiceList"] = "1.19",
        ["TaskLog"] = "1.0",
        ["VirtualInterface"] = "1.3",
        ["VirtualInterfaceList"] = "1.0",
    };

    static bool Is(JsonObject row, string field, JsonNode? value) => JsonNode.DeepEquals(row[field], value);

    static JsonObject Envelope(string name, JsonObject row) => new VersionedObject(ObjectDialect.Nova, name, Known[name], row.DeepClone().AsObject()).ToJson();

    /// <summary>Whatever CLR type the number was put in with.</summary>
    static long? Number(JsonObject row, string field) => new VersionedObject(ObjectDialect.Nova, "row", "1.0", row).Number(field);

    static JsonObject Clone(JsonObject row) => row.DeepClone().AsObject();

    string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>Takes over exactly the fields that are named as changed, as every save does.</summary>
    static void Apply(JsonObject row, VersionedObject target)
    {
        foreach (var field in target.Changes)
        {
            row[field] = target.Data[field]?.DeepClone();
        }
    }
}

/// <summary>One call as the conductor got it.</summary>
public sealed record FakeConductorCall(string Method, string? Namespace, RpcVersion Version, JsonObject Arguments, RpcContext Context)
{
    /// <summary>For instance <c>Instance.save</c>; the method's own name for other calls.</summary>
    public string ObjectMethod => Arguments["objmethod"]?.GetValue<string>() is not { } method
        ? Method
        : $"{Arguments["objname"]?.GetValue<string>() ?? VersionedObject.Read(Arguments["objinst"]).Name}.{method}";
}
