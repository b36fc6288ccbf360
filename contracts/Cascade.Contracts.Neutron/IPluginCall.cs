using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron;

/// <summary>A question to the server: where it goes, what it says, how its answer is read.</summary>
/// <typeparam name="TReply">What the answer becomes.</typeparam>
public interface IPluginCall<out TReply>
{
    /// <summary>The topic that neutron-server listens on.</summary>
    string SentTo { get; }

    RpcName Method { get; }

    JsonObject Arguments();

    /// <param name="result">The <c>result</c> member of the reply; of kind Null when there is none.</param>
    TReply Read(JsonElement result);
}

/// <summary>A record of one method's arguments that is such a question.</summary>
public interface IPluginCall<TSelf, TReply> : IRpcCall<TSelf>, IPluginCall<TReply>
    where TSelf : IPluginCall<TSelf, TReply>
{
    static abstract string Topic { get; }

    static abstract TReply ReadReply(JsonElement result);

    string IPluginCall<TReply>.SentTo => TSelf.Topic;

    RpcName IPluginCall<TReply>.Method => TSelf.Name;

    JsonObject IPluginCall<TReply>.Arguments() => JsonSerializer.SerializeToNode((TSelf)this, TSelf.Wire)!.AsObject();

    TReply IPluginCall<TReply>.Read(JsonElement result) => TSelf.ReadReply(result);
}
