using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Interop.Peers;

// The methods of the Python server's endpoint (peer/server.py), as an agent would write them.
sealed record EchoCall(JsonElement Data) : IRpcCall<EchoCall>
{
    public static RpcName Name => new("echo", new(6, 0));

    public static JsonTypeInfo<EchoCall> Wire => InteropJson.Default.EchoCall;
}

sealed record SizeCall(string Data) : IRpcCall<SizeCall>
{
    public static RpcName Name => new("size", new(6, 0));

    public static JsonTypeInfo<SizeCall> Wire => InteropJson.Default.SizeCall;
}

sealed record NothingCall : IRpcCall<NothingCall>
{
    public static RpcName Name => new("nothing", new(6, 0));

    public static JsonTypeInfo<NothingCall> Wire => InteropJson.Default.NothingCall;
}

sealed record WhoamiCall : IRpcCall<WhoamiCall>
{
    public static RpcName Name => new("whoami", new(6, 0));

    public static JsonTypeInfo<WhoamiCall> Wire => InteropJson.Default.WhoamiCall;
}

sealed record TaskWhoamiCall : IRpcCall<TaskWhoamiCall>
{
    public static RpcName Name => new("whoami", new(1, 0), "compute_task");

    public static JsonTypeInfo<TaskWhoamiCall> Wire => InteropJson.Default.TaskWhoamiCall;
}

sealed record WaitCall(string Name) : IRpcCall<WaitCall>
{
    static RpcName IRpcCall<WaitCall>.Name => new("wait", new(6, 0));

    public static JsonTypeInfo<WaitCall> Wire => InteropJson.Default.WaitCall;
}

sealed record FailPlainCall(string Text) : IRpcCall<FailPlainCall>
{
    public static RpcName Name => new("fail_plain", new(6, 0));

    public static JsonTypeInfo<FailPlainCall> Wire => InteropJson.Default.FailPlainCall;
}

sealed record FailNovaCall(string InstanceId) : IRpcCall<FailNovaCall>
{
    public static RpcName Name => new("fail_nova", new(6, 0));

    public static JsonTypeInfo<FailNovaCall> Wire => InteropJson.Default.FailNovaCall;
}

sealed record FailOtherCall : IRpcCall<FailOtherCall>
{
    public static RpcName Name => new("fail_other", new(6, 0));

    public static JsonTypeInfo<FailOtherCall> Wire => InteropJson.Default.FailOtherCall;
}

sealed record FailOursCall : IRpcCall<FailOursCall>
{
    public static RpcName Name => new("fail_ours", new(6, 0));

    public static JsonTypeInfo<FailOursCall> Wire => InteropJson.Default.FailOursCall;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EchoCall))]
[JsonSerializable(typeof(SizeCall))]
[JsonSerializable(typeof(NothingCall))]
[JsonSerializable(typeof(WhoamiCall))]
[JsonSerializable(typeof(TaskWhoamiCall))]
[JsonSerializable(typeof(WaitCall))]
[JsonSerializable(typeof(FailPlainCall))]
[JsonSerializable(typeof(FailNovaCall))]
[JsonSerializable(typeof(FailOtherCall))]
[JsonSerializable(typeof(FailOursCall))]
sealed partial class InteropJson : JsonSerializerContext;
