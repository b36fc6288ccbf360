namespace Cascade.Oslo.Wire.Rpc;

/// <summary>A method of an RPC interface and the first version that has it.</summary>
public readonly record struct RpcName(string Method, RpcVersion Since, string? Namespace = null);
