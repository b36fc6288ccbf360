namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>One host of <c>transport_url</c> with its own credentials.</summary>
public sealed record RabbitHost(string Host, int Port = 5672, string User = "guest", string Password = "guest")
{
    /// <summary>Without user and password: this is what logs show.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
