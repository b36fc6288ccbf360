using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace CinderProxy.Tests.Support;

/// <summary>One message of cinder's to a cinder-volume, ready to be delivered.</summary>
/// <param name="Id">Of the volume, snapshot, attachment or group that it is about.</param>
sealed record Order(string Id, string Method, RpcVersion Version, JsonObject Arguments, RpcContext Context);
