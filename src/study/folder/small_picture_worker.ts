import { serveJobs } from "../../workers/serve_jobs.ts";
import { shrinkPicture, type SmallPicture } from "./shrink_picture.ts";

serveJobs<null, SmallPicture[], (string | null)[]>(() =>
  Promise.resolve((wanted) => Promise.resolve(wanted.map(shrinkPicture)))
);
