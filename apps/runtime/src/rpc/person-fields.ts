/** What is asked of a person. */
import { z } from "zod";

export const emailField = z.string().trim().max(254).pipe(z.email("this must be an e-mail address"));

export const nameField = z.string().trim().min(1).max(100);

/** Long enough to make guessing hopeless; what it is made of is everybody's own business. */
export const passwordField = z.string().min(12, "a password has at least 12 characters").max(200);
