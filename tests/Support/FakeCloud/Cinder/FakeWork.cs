namespace Cascade.Support;

/// <summary>What a cinder-volume or cinder-backup has yet to do after the API has answered 202.</summary>
/// <param name="Verb">By which a test holds it.</param>
/// <param name="Id">Of the resource that waits for it.</param>
/// <param name="Done">It goes well.</param>
/// <param name="Failed">It does not.</param>
internal sealed record FakeWork(string Verb, string Id, Action Done, Action Failed);
